//go:build linux

package main

import (
	"os"
	"syscall"
)

// A component must not outlive whoever started it, however that one ends: the kernel kills it then. The first process
// of a container, and kubeadm's command in a shell that ends with it, have nobody to follow.
func init() {
	if os.Getpid() == 1 {
		return
	}
	parent := os.Getppid()
	if _, _, err := syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_SET_PDEATHSIG, uintptr(syscall.SIGKILL), 0); err != 0 {
		return
	}
	// It may have ended before the kernel knew of the wish.
	if os.Getppid() != parent {
		os.Exit(1)
	}
}
