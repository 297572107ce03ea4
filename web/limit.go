package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/go-chi/httprate"
)

// limited lets one address ask only so often. Assets and health checks are
// free, and so is a proxy that nobody told us of: it speaks for everybody. The
// limiter sets Retry-After by itself.
func (s *server) limited(next http.Handler) http.Handler {
	if s.opts.RateLimit <= 0 {
		return next
	}
	limiter := httprate.NewRateLimiter(s.opts.RateLimit, time.Minute,
		httprate.WithKeyFuncs(func(r *http.Request) (string, error) { return s.clientKey(r), nil }),
		httprate.WithLimitHandler(func(w http.ResponseWriter, r *http.Request) {
			s.hintAtProxy(r)
			s.turnAway(w, r, http.StatusTooManyRequests)
		}))
	guarded := limiter.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case isFree(r.URL.Path):
			next.ServeHTTP(w, r)
		case s.isUnknownProxy(r):
			s.hintAtProxy(r)
			next.ServeHTTP(w, r)
		default:
			guarded.ServeHTTP(w, r)
		}
	})
}

// isUnknownProxy says that a request seems to come through a proxy near this
// server while the operator has named none. All its readers would count as one
// client, and be locked out together.
func (s *server) isUnknownProxy(r *http.Request) bool {
	if len(s.opts.TrustedProxies) > 0 {
		return false
	}
	addr := peerAddr(r)
	if !addr.IsLoopback() && !addr.IsPrivate() && !addr.IsLinkLocalUnicast() {
		return false
	}
	return wasForwarded(r) || addr.IsLoopback() && !isLocalName(r.Host)
}

// wasForwarded says that a request bears the marks of a proxy. HTTP/1.0 is one:
// no browser speaks it, and nginx does where it is not told otherwise.
func wasForwarded(r *http.Request) bool {
	for _, name := range []string{"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Forwarded", "Via"} {
		if len(r.Header[name]) > 0 {
			return true
		}
	}
	return !r.ProtoAtLeast(1, 1)
}

// isLocalName says that a host is this machine by one of its own names. Who
// asks for another one from here does so for somebody elsewhere.
func isLocalName(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || !strings.Contains(host, ".")
}

// hintAtProxy tells the operator once what to do about a proxy that is not trusted.
func (s *server) hintAtProxy(r *http.Request) {
	if len(s.opts.TrustedProxies) > 0 || !wasForwarded(r) && !peerAddr(r).IsPrivate() && !peerAddr(r).IsLoopback() {
		return
	}
	s.proxyHint.Do(func() {
		s.log.WarnContext(r.Context(), "requests may come through a proxy that --trusted-proxy does not name: from this machine or a private network they are not limited where they bear its marks, all others count as one client",
			"peer", peerAddr(r).String(), "forwarded", wasForwarded(r))
	})
}

// clientKey is what requests are counted by: the client's address, or for
// IPv6 its /64 network, since one household has all of that.
func (s *server) clientKey(r *http.Request) string {
	addr := s.clientAddr(r)
	if addr.Is6() {
		if network, err := addr.Prefix(64); err == nil {
			return network.String()
		}
	}
	return addr.String()
}

// clientAddr is the address that asked. What X-Forwarded-For says is believed
// only as far as it was written by the proxies the operator trusts: from the
// right, the first address that is not one of them.
func (s *server) clientAddr(r *http.Request) netip.Addr {
	addr := peerAddr(r)
	forwarded := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(forwarded) - 1; i >= 0 && s.trusted(addr); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(forwarded[i]))
		if err != nil {
			break
		}
		addr = next.Unmap()
	}
	return addr
}

// peerAddr is the address at the other end of the connection.
func peerAddr(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	addr, _ := netip.ParseAddr(host)
	return addr.Unmap().WithZone("")
}

func (s *server) trusted(addr netip.Addr) bool {
	for _, proxy := range s.opts.TrustedProxies {
		if proxy.Contains(addr) {
			return true
		}
	}
	return false
}
