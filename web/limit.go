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
// free. The limiter answers with Retry-After by itself.
func (s *server) limited(next http.Handler) http.Handler {
	if s.opts.RateLimit <= 0 {
		return next
	}
	limiter := httprate.NewRateLimiter(s.opts.RateLimit, time.Minute,
		httprate.WithKeyFuncs(func(r *http.Request) (string, error) { return s.clientKey(r), nil }),
		httprate.WithLimitHandler(s.tooMany))
	guarded := limiter.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/healthz" || r.URL.Path == "/readyz" || r.URL.Path == "/metrics" || strings.HasPrefix(r.URL.Path, "/static/") {
			next.ServeHTTP(w, r)
			return
		}
		guarded.ServeHTTP(w, r)
	})
}

func (s *server) tooMany(w http.ResponseWriter, r *http.Request) {
	e := &httpError{http.StatusTooManyRequests, "too_many_requests", "短时间内的请求太多。请等一分钟再试；需要大量数据时，请用导出或数据接口分批取用。", nil, nil}
	if strings.HasPrefix(r.URL.Path, "/api/") {
		s.apiError(w, r, e)
		return
	}
	s.pageError(w, r, e)
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
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	addr, _ := netip.ParseAddr(host)
	addr = addr.Unmap()
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

func (s *server) trusted(addr netip.Addr) bool {
	for _, proxy := range s.opts.TrustedProxies {
		if proxy.Contains(addr) {
			return true
		}
	}
	return false
}
