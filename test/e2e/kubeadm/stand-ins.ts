/** What stands for systemd and apt on a machine that has neither, or whose own are not to be touched. */

/** Where the stand-ins keep what they know, in the machine's own /run. */
export const UNIT = '/run/kubelet-unit'

/** One process that runs the kubelet while it is wanted, as `Restart=always` does. */
export const SUPERVISOR = `#!/bin/sh
mkdir -p ${UNIT}
while :; do
  if [ -e ${UNIT}/wanted ]; then
    KUBELET_KUBEADM_ARGS=
    [ -e /var/lib/kubelet/kubeadm-flags.env ] && . /var/lib/kubelet/kubeadm-flags.env
    kubelet --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf \\
      --config=/var/lib/kubelet/config.yaml $KUBELET_KUBEADM_ARGS >>"$MACHINE/kubelet.log" 2>&1 &
    echo $! >${UNIT}/pid
    wait $!
    rm -f ${UNIT}/pid
  fi
  sleep 0.2
done
`

/** systemctl that knows one unit, the kubelet, and writes down what it is asked. */
export const SYSTEMCTL = `#!/bin/sh
echo "$*" >>"$MACHINE/systemctl.calls"
words=
for word in "$@"; do case $word in -*) ;; *) words="$words $word" ;; esac; done
set -- $words
verb=$1
unit=\${2%.service}
pid() { cat ${UNIT}/pid 2>/dev/null; }
alive() { p=$(pid) && [ -n "$p" ] && kill -0 "$p" 2>/dev/null; }
until_gone() { n=0; while kill -0 "$1" 2>/dev/null; do n=$((n + 1)); [ $n -gt 150 ] && kill -9 "$1"; sleep 0.1; done; }
until_alive() { n=0; until alive; do n=$((n + 1)); [ $n -gt 100 ] && return 1; sleep 0.1; done; }
case $verb in
  daemon-reload | reset-failed | is-system-running) exit 0 ;;
esac
if [ "$unit" != kubelet ]; then
  case $verb in
    status) echo "Unit $unit.service could not be found." ; exit 4 ;;
    is-active) echo inactive; exit 3 ;;
    *) echo "Unit $unit.service not found." >&2; exit 5 ;;
  esac
fi
case $verb in
  enable) ;;
  is-enabled) echo enabled ;;
  is-active) if alive; then echo active; elif [ -e ${UNIT}/wanted ]; then echo activating; exit 3; else echo inactive; exit 3; fi ;;
  status) if alive; then echo 'kubelet.service - Loaded: loaded, Active: active'; else echo 'kubelet.service - Loaded: loaded, Active: inactive'; exit 3; fi ;;
  show) echo "ActiveState=$(alive && echo active || echo inactive)"; echo "MainPID=$(pid || echo 0)" ;;
  start) touch ${UNIT}/wanted; until_alive ;;
  stop) rm -f ${UNIT}/wanted; p=$(pid) && kill "$p" 2>/dev/null && until_gone "$p"; exit 0 ;;
  restart) touch ${UNIT}/wanted; p=$(pid) && kill "$p" 2>/dev/null && until_gone "$p"; until_alive ;;
  *) echo "systemctl: $verb is not known to the stand-in" >&2; exit 1 ;;
esac
`

/**
 * apt-get that installs kubeadm, kubelet and kubectl: it copies the binaries of the version asked, and writes down what it is asked. A held package is refused, as apt does.
 */
export const APT_GET = `#!/bin/sh
echo "apt-get $*" >>"$MACHINE/apt.calls"
[ "$1" = update ] && exit 0
for word in "$@"; do
  case $word in
    *=*) ;;
    *) continue ;;
  esac
  name=\${word%%=*}
  version=\${word#*=}
  version=\${version%%-*}
  [ -e "$MACHINE/held/$name" ] && { echo "E: Held packages were changed and -y was used without --allow-change-held-packages." >&2; exit 100; }
  [ -x "$MACHINE/packages/$version/$name" ] || { echo "E: Version '\${word#*=}' for '$name' was not found" >&2; exit 100; }
  # New files, as a package has them: whoever runs the old one goes on with it.
  cp "$(readlink -f "$MACHINE/packages/$version/$name")" "$MACHINE/installed/.$name"
  mv "$MACHINE/installed/.$name" "$MACHINE/installed/$name"
  cp "$MACHINE/wrappers/$name" "$MACHINE/bin/.$name"
  mv "$MACHINE/bin/.$name" "$MACHINE/bin/$name"
  echo "Setting up $name ($version) ..."
done
`

/** The program as it was installed. */
function wrapper(name: string): string {
  return `#!/bin/sh\necho "$*" >>"$MACHINE/${name}.calls"\nexec "$MACHINE/installed/${name}" "$@"\n`
}

/** What apt-get puts into PATH. */
export const WRAPPERS: Readonly<Record<string, string>> = {
  kubeadm: wrapper('kubeadm'),
  kubelet: wrapper('kubelet'),
  kubectl: wrapper('kubectl'),
}

/** curl that gives the key of the package repository itself, and passes everything else on. */
export const CURL = `#!/bin/sh
case "$*" in
  *pkgs.k8s.io*) ;;
  *) exec /usr/bin/curl "$@" ;;
esac
echo "curl $*" >>"$MACHINE/apt.calls"
while [ "$1" != -o ]; do shift || exit 1; done
echo 'a key' >"$2"
`

/** gpg that takes the armour off that key. */
export const GPG = `#!/bin/sh
echo "gpg $*" >>"$MACHINE/apt.calls"
while [ $# -gt 0 ]; do
  [ "$1" = -o ] && { cp "$3" "$2"; exit 0; }
  shift
done
exit 1
`

export const APT_MARK = `#!/bin/sh
echo "apt-mark $*" >>"$MACHINE/apt.calls"
verb=$1
shift
mkdir -p "$MACHINE/held"
for name in "$@"; do
  case $verb in
    hold) touch "$MACHINE/held/$name"; echo "$name set on hold." ;;
    unhold) rm -f "$MACHINE/held/$name"; echo "Canceled hold on $name." ;;
  esac
done
[ "$verb" = showhold ] && ls "$MACHINE/held"
exit 0
`
