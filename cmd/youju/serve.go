package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/urfave/cli/v3"

	"youju/indexer"
	"youju/search/bleve"
	"youju/seeds"
	"youju/web"
)

// Timeouts of a connection: generous for a slow phone, short for somebody who
// keeps connections open on purpose. The handler bounds its own work.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 15 * time.Second
	writeTimeout      = 60 * time.Second
	idleTimeout       = 2 * time.Minute
	maxHeaderBytes    = 64 << 10
	// maxBodyBytes of what a request brings along; nothing here asks for more than an address.
	maxBodyBytes = 64 << 10
	// drainTimeout is how long accepted requests may take after the server was
	// asked to stop: to wait their turn (5 s), to be worked on (10 s), to be sent.
	drainTimeout = 25 * time.Second
)

// defaultRateLimit is for an office behind one address: 300 people who make ten
// requests a minute each, which is a search with its suggestions and a page of
// what it found. All of a minute's requests may come at once. It keeps one
// program from taking the whole server; the rest is the bound of requests in flight's.
const defaultRateLimit = 3000

func serveCommand() *cli.Command {
	return &cli.Command{
		Name:  "serve",
		Usage: "启动网页服务",
		Description: `用浏览器检索。重新运行 youju index 之后，新的索引会自动换上，不必重启。
收到 SIGINT（Ctrl-C）或 SIGTERM 后先让 /readyz 回答 503，再等进行中的请求完成，然后退出。
退出码：0 正常停止 · 1 无法启动（没有索引、端口被占用等） · 2 用法不对`,
		Flags: []cli.Flag{
			dataFlag(),
			&cli.StringFlag{Name: "addr", Usage: "监听的`地址`", Value: "127.0.0.1:8080", Sources: cli.EnvVars("YJ_ADDR")},
			&cli.BoolFlag{Name: "sample", Usage: "使用随程序附带的样例，不需要索引", Sources: cli.EnvVars("YJ_SAMPLE")},
			&cli.StringFlag{Name: "base-url", Usage: "对外的`网址`，用于引用链接（例如 https://example.gov.cn）", Sources: cli.EnvVars("YJ_BASE_URL")},
			&cli.StringFlag{Name: "feedback", Usage: "“报告问题”的`地址`：mailto:邮箱 或网址，其中的 {id} 换成条目编号", Sources: cli.EnvVars("YJ_FEEDBACK")},
			&cli.IntFlag{Name: "max-in-flight", Usage: "同时处理的请求`数`，0 为按处理器核数；再多的稍等片刻，等不到的回答 503", Sources: cli.EnvVars("YJ_MAX_IN_FLIGHT")},
			&cli.IntFlag{Name: "rate-limit", Usage: "每个客户端地址每分钟至多的请求`数`，0 为不限；在反向代理之后须设 --trusted-proxy，否则不限代理转来的请求", Value: defaultRateLimit, Sources: cli.EnvVars("YJ_RATE_LIMIT")},
			&cli.StringSliceFlag{Name: "trusted-proxy", Usage: "可信反向代理的`网段`（如 10.0.0.0/8），只有它们的 X-Forwarded-For 算数，可重复", Sources: cli.EnvVars("YJ_TRUSTED_PROXY")},
			&cli.IntFlag{Name: "cache", Usage: "为重复的检索保留结果的内存，单位 `MB`，0 为不保留", Value: 32, Sources: cli.EnvVars("YJ_CACHE")},
			&cli.DurationFlag{Name: "grace", Usage: "停止前继续服务的`时间`，供负载均衡撤下", Value: 0, Sources: cli.EnvVars("YJ_GRACE")},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.Args().Present() {
				return badUsage("serve 不需要“%s”，要索引文件请用 youju index", cmd.Args().First())
			}
			root := cmd.Root()
			feedback := cmd.String("feedback")
			if !isFeedbackURL(feedback) {
				return badUsage("--feedback 须是 mailto:、https:// 或 http:// 开头的地址")
			}
			if n := cmd.Int("cache"); n < 0 || n > 1<<20 {
				return badUsage("--cache 须在 0 到 %d 之间", 1<<20)
			}
			logger := slog.New(slog.NewTextHandler(root.ErrWriter, nil))
			dir, beside := indexDir(cmd), cmd.String("data")
			if cmd.Bool("sample") {
				temp, err := buildSample(ctx)
				if err != nil {
					return failed("无法建立样例索引：%v", err)
				}
				defer os.RemoveAll(temp)
				dir, beside = temp, temp
			}
			options, err := webOptions(cmd, logger)
			if err != nil {
				return err
			}
			members, forget := keepOriginals(beside, logger)
			defer forget()
			options.Sources, options.FeedbackURL = newOriginals(dir, members), feedback
			s := server{
				out: root.Writer, logger: logger, addr: cmd.String("addr"), grace: cmd.Duration("grace"),
				options: options, cache: cmd.Int("cache") << 20,
			}
			return s.run(ctx, dir)
		},
	}
}

// keepOriginals makes the folder for files out of archives: in dir or, where
// nothing can be written there, in the system's temporary folder. Without either
// there are no such originals.
func keepOriginals(dir string, logger *slog.Logger) (c *memberCache, forget func()) {
	c, err := openMemberCache(dir, maxOriginals)
	if err == nil {
		return c, func() { c.close() }
	}
	temp, tempErr := os.MkdirTemp("", "youju-originals-")
	if tempErr == nil {
		c, tempErr = openMemberCache(temp, maxOriginals)
	}
	if tempErr != nil {
		logger.Warn("originals in archives cannot be served", "err", errors.Join(err, tempErr))
		return nil, func() { os.RemoveAll(temp) }
	}
	return c, func() { c.close(); os.RemoveAll(temp) }
}

// webOptions reads the flags that concern the pages.
func webOptions(cmd *cli.Command, logger *slog.Logger) (web.Options, error) {
	o := web.Options{
		Logger: logger, Version: cmd.Root().Version, BaseURL: cmd.String("base-url"),
		RateLimit: cmd.Int("rate-limit"), MaxInFlight: cmd.Int("max-in-flight"),
	}
	if o.MaxInFlight < 0 {
		return o, badUsage("--max-in-flight 不能小于 0")
	}
	if o.RateLimit < 0 {
		return o, badUsage("--rate-limit 不能小于 0")
	}
	for _, text := range cmd.StringSlice("trusted-proxy") {
		network, err := netip.ParsePrefix(text)
		if err != nil {
			return o, badUsage("--trusted-proxy“%s”不是网段，写法如 10.0.0.0/8 或 127.0.0.1/32", text)
		}
		o.TrustedProxies = append(o.TrustedProxies, network)
	}
	return o, nil
}

// buildSample indexes the sample collection into a temporary folder, which the
// caller removes.
func buildSample(ctx context.Context) (dir string, err error) {
	files, err := indexer.FindFS(seeds.FS, ".")
	if err != nil {
		return "", err
	}
	dir, err = os.MkdirTemp("", "youju-sample-")
	if err != nil {
		return "", err
	}
	if _, _, err := buildIndex(ctx, dir, files, indexer.Options{}); err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	return dir, nil
}

// server answers requests until it is asked to stop.
type server struct {
	out     io.Writer
	logger  *slog.Logger
	addr    string
	grace   time.Duration
	options web.Options
	// cache is what kept answers may take, in bytes.
	cache int
	// stopping makes /readyz answer 503 while requests are still served.
	stopping atomic.Bool
}

func (s *server) run(ctx context.Context, dir string) error {
	live, err := bleve.OpenLive(dir, s.logger, s.cache)
	if err != nil {
		return noIndex(err)
	}
	defer live.Close()
	listener, err := net.Listen("tcp", s.addr)
	if err != nil {
		return failed("%s", listenMessage(s.addr, err))
	}
	info := live.Info()
	fmt.Fprintf(s.out, "有据已启动：%s （%d 篇文档，%d 条；按 Ctrl-C 停止）\n", browserURL(listener.Addr()), info.Documents, info.Items)
	return s.answer(ctx, listener, web.New(live, s.options))
}

// answer serves until ctx ends, and then what was accepted until that.
func (s *server) answer(ctx context.Context, listener net.Listener, h http.Handler) error {
	srv := bounded(s.untilStopping(h), s.logger)
	done := make(chan error, 1)
	go func() { done <- srv.Serve(listener) }()
	select {
	case err := <-done:
		return failed("服务中断：%v", err)
	case <-ctx.Done():
	}
	return s.stop(srv)
}

// bounded is a server that gives no connection more time or memory than a
// reader needs.
func bounded(h http.Handler, logger *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           http.MaxBytesHandler(h, maxBodyBytes),
		ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
		ErrorLog: slog.NewLogLogger(logger.Handler(), slog.LevelWarn),
	}
}

// stop takes the server out of service without cutting anybody off.
func (s *server) stop(srv *http.Server) error {
	s.stopping.Store(true)
	s.logger.Info("stopping", "grace", s.grace)
	time.Sleep(s.grace)
	ctx, cancel := context.WithTimeout(context.Background(), drainTimeout)
	defer cancel()
	if err := srv.Shutdown(ctx); err != nil {
		return failed("等待 %s 后仍有请求未完成，已强行停止", drainTimeout)
	}
	fmt.Fprintln(s.out, "有据已停止")
	return nil
}

func (s *server) untilStopping(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/readyz" && s.stopping.Load() {
			http.Error(w, "stopping", http.StatusServiceUnavailable)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// noIndex adds what else can be done where nothing was indexed yet.
func noIndex(err error) error {
	if bleve.IsProblem(err, bleve.NoIndex) {
		return failed("%v；也可以运行 youju serve --sample 先看样例", err)
	}
	return failed("%v", err)
}

// listenMessage says in Chinese why nothing can be served at the address.
func listenMessage(addr string, err error) string {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Sprintf("地址 %s 已被占用，请换一个，例如：youju serve --addr 127.0.0.1:8081", addr)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Sprintf("没有权限使用地址 %s，请换一个 1024 以上的端口", addr)
	}
	return fmt.Sprintf("地址 %s 不能使用：%v", addr, err)
}

// browserURL is what to type into a browser on this machine.
func browserURL(addr net.Addr) string {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok {
		return "http://" + addr.String() + "/"
	}
	host := tcp.IP.String()
	if tcp.IP.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, fmt.Sprint(tcp.Port)) + "/"
}
