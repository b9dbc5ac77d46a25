// One program that is, by its first argument, one of the components of a cluster: `components kube-apiserver FLAG...`.
// One program links in a fifth of the time of five.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/etcdctl/v3/ctlv3"
	"go.etcd.io/etcd/etcdutl/v3/etcdutl"
	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	proxy "k8s.io/kubernetes/cmd/kube-proxy/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	kubeadm "k8s.io/kubernetes/cmd/kubeadm/app"
	kubeadmerrors "k8s.io/kubernetes/cmd/kubeadm/app/util/errors"
	kubelet "k8s.io/kubernetes/cmd/kubelet/app"
)

// Only the command that is asked for is made: each registers flags and feature gates of its own.
var components = map[string]func() *cobra.Command{
	"etcdutl":                 etcdutlCommand,
	"kube-apiserver":          apiserver.NewAPIServerCommand,
	"kube-controller-manager": controllermanager.NewControllerManagerCommand,
	"kube-proxy":              proxy.NewProxyCommand,
	"kube-scheduler":          func() *cobra.Command { return scheduler.NewSchedulerCommand() },
	"kubelet":                 func() *cobra.Command { return kubelet.NewKubeletCommand(context.Background()) },
}

func main() {
	name := filepath.Base(os.Args[0])
	if len(os.Args) > 1 && !isComponent(name) {
		name = os.Args[1]
		// The components read os.Args themselves.
		os.Args = slices.Delete(os.Args, 1, 2)
	}
	switch name {
	case "etcd":
		etcdmain.Main(os.Args)
		return
	case "etcdctl":
		ctlv3.MustStart()
		return
	case "kubeadm":
		kubeadmerrors.HandleError(kubeadm.Run())
		return
	}
	command, known := components[name]
	if !known {
		fmt.Fprintln(os.Stderr, "usage: components "+strings.Join(names(), "|")+" FLAG...")
		os.Exit(2)
	}
	os.Exit(cli.Run(command()))
}

// What backups need of it: saving is etcdctl's.
func etcdutlCommand() *cobra.Command {
	command := &cobra.Command{Use: "etcdutl"}
	command.PersistentFlags().StringVarP(&etcdutl.OutputFormat, "write-out", "w", "simple", "")
	command.AddCommand(etcdutl.NewSnapshotCommand())
	return command
}

func isComponent(name string) bool { return slices.Contains(names(), name) }

func names() []string {
	known := []string{"etcd", "etcdctl", "kubeadm"}
	for name := range components {
		known = append(known, name)
	}
	slices.Sort(known)
	return known
}
