//go:build linux

package main

import (
	"os"
	"syscall"
)

// A component must not outlive whoever started it, however that one ends: the kernel kills it then.
func init() {
	parent := os.Getppid()
	if _, _, err := syscall.RawSyscall(syscall.SYS_PRCTL, syscall.PR_SET_PDEATHSIG, uintptr(syscall.SIGKILL), 0); err != 0 {
		return
	}
	// It may have ended before the kernel knew of the wish.
	if os.Getppid() != parent {
		os.Exit(1)
	}
}
