// Command youju indexes local-government work reports and lets people search
// them: in a browser, at the command line, or through the HTTP API.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/urfave/cli/v3"
)

// The exit codes, as the help text explains them.
const (
	exitOK      = 0
	exitFailed  = 1
	exitUsage   = 2
	exitPartial = 3
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// After the first signal the second one kills: nobody should wait against their will.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args, os.Stdout, os.Stderr))
}

// run is the whole program; it returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	defer ownTemp()()
	translateHelp()
	err := newCommand(stdout, stderr).Run(ctx, args)
	if err == nil {
		return exitOK
	}
	var failure *exitError
	if !errors.As(err, &failure) {
		failure = &exitError{exitFailed, err.Error()}
		if msg := translateUsage(failure.msg); msg != failure.msg {
			failure = &exitError{exitUsage, msg} // a flag's value in the environment
		}
	}
	fmt.Fprintln(stderr, "youju:", failure.msg)
	return failure.code
}

// exitError ends the program with a code and a message in the reader's language.
type exitError struct {
	code int
	msg  string
}

func (e *exitError) Error() string { return e.msg }

func failed(format string, args ...any) error {
	return &exitError{exitFailed, fmt.Sprintf(format, args...)}
}

func badUsage(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Sprintf(format, args...)}
}

const description = `有据把政府工作报告、任务分工方案等文件拆成一条条可引用的内容，建立全文索引，供浏览器和命令行检索。

第一次使用：
  youju serve --sample          不需要任何文件，先看随程序附带的样例
  youju index 报告所在的文件夹     建立索引
  youju serve                   在浏览器里检索

退出码：0 成功 · 1 失败 · 2 用法不对 · 3 部分文件未能读取`

// newCommand is the root of the command tree.
func newCommand(stdout, stderr io.Writer) *cli.Command {
	root := &cli.Command{
		Name:            "youju",
		Usage:           "有据：政府工作报告全文检索",
		Description:     description,
		Version:         version(),
		HideHelpCommand: true,
		Writer:          stdout,
		ErrWriter:       stderr,
		ExitErrHandler:  func(context.Context, *cli.Command, error) {}, // run decides
		Action: func(ctx context.Context, cmd *cli.Command) error {
			name := cmd.Args().First()
			if name == "help" && cmd.Args().Len() > 1 {
				if name = cmd.Args().Get(1); cmd.Command(name) != nil {
					return cli.ShowCommandHelp(ctx, cmd, name)
				}
			} else if name == "" || name == "help" {
				return cli.ShowRootCommandHelp(cmd)
			}
			return badUsage("没有“%s”这个命令，运行 youju --help 查看全部命令", name)
		},
		Commands: []*cli.Command{
			indexCommand(), serveCommand(), searchCommand(), inspectCommand(),
			checkCommand(), exportCommand(), evalCommand(),
		},
	}
	for _, cmd := range root.Commands {
		cmd.UsageText = strings.TrimSpace("youju " + cmd.Name + " [选项] " + cmd.ArgsUsage)
	}
	for _, cmd := range append(root.Commands, root) {
		cmd.OnUsageError = func(_ context.Context, cmd *cli.Command, err error, _ bool) error {
			return badUsage("%s，运行 %s --help 查看用法", translateUsage(err.Error()), cmd.FullName())
		}
	}
	return root
}

// dataFlag names the folder that holds the index.
func dataFlag() cli.Flag {
	return &cli.StringFlag{Name: "data", Usage: "存放索引的`目录`", Value: "data", Sources: cli.EnvVars("YJ_DATA")}
}

// jsonFlag asks for machine-readable output.
func jsonFlag(usage string) cli.Flag {
	return &cli.BoolFlag{Name: "json", Usage: usage, Sources: cli.EnvVars("YJ_JSON")}
}

// version is what the build recorded about itself: a release's number, or the
// revision it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	version, revision, dirty := info.Main.Version, "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 12:
			revision = s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = "+dirty"
		}
	}
	if version == "" || version == "(devel)" {
		version = "devel"
		if revision != "" {
			version += " " + revision + dirty
		}
	}
	return version
}

// usageMessages turns the flag parser's messages into the reader's language.
var usageMessages = []struct {
	english *regexp.Regexp
	chinese string
}{
	{regexp.MustCompile(`^flag provided but not defined: -*(\S+)`), "没有 --$1 这个选项"},
	{regexp.MustCompile(`^flag needs an argument: -*(\S+)`), "选项 --$1 缺少值"},
	{regexp.MustCompile(`^invalid value "(.*?)" for flag -*(\S+):.*`), "选项 --$2 的值“$1”无效"},
	{regexp.MustCompile(`^could not parse "(.*?)" as .* environment variable "(\w+)".*`), "环境变量 $2 的值“$1”无效"},
}

func translateUsage(msg string) string {
	for _, m := range usageMessages {
		if m.english.MatchString(msg) {
			return m.english.ReplaceAllString(msg, m.chinese)
		}
	}
	return msg
}

// plainFlag is a flag's line in the help as the library writes it.
var plainFlag = cli.FlagStringer

// translateHelp puts the library's help pages into Chinese.
func translateHelp() {
	headings := strings.NewReplacer(
		"NAME:", "名称：", "USAGE:", "用法：", "VERSION:", "版本：", "DESCRIPTION:", "说明：",
		"COMMANDS:", "命令：", "GLOBAL OPTIONS:", "选项：", "OPTIONS:", "选项：", "CATEGORY:", "类别：",
		"[global options]", "[选项]", "[command [command options]]", "命令 [命令选项]",
	)
	cli.RootCommandHelpTemplate = headings.Replace(cli.RootCommandHelpTemplate)
	cli.CommandHelpTemplate = headings.Replace(cli.CommandHelpTemplate)
	cli.SubcommandHelpTemplate = headings.Replace(cli.SubcommandHelpTemplate)
	defaults := strings.NewReplacer(" (default: ", "（默认 ", ")", "）")
	cli.FlagStringer = func(f cli.Flag) string {
		names, usage, _ := strings.Cut(plainFlag(f), "\t")
		return names + "\t" + defaults.Replace(usage)
	}
	cli.HelpFlag = &cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: "显示帮助", HideDefault: true, Local: true}
	cli.VersionFlag = &cli.BoolFlag{Name: "version", Usage: "显示版本", HideDefault: true, Local: true}
	cli.VersionPrinter = func(cmd *cli.Command) { fmt.Fprintln(cmd.Root().Writer, "youju", cmd.Root().Version) }
}
