import { readlinkSync } from 'node:fs'

/** Where the checkout's built command line and this machine's Node are seen in the machine. */
export const RAMPART = '/opt/rampart'
export const NODE = '/usr/local/bin/node'
export const HOST_NAME = 'box-1'

export interface MachinePaths {
  /** An empty folder of this run. */
  readonly folder: string
  /** The root of Debian, which stays as it is: what changes lies in memory above it. */
  readonly root: string
  /** The folder `dist` of the checkout. */
  readonly dist: string
  readonly node: string
  /** Further programs of this machine, by their paths in the new one. */
  readonly programs: Readonly<Record<string, string>>
}

const DEVICES = ['null', 'zero', 'full', 'random', 'urandom', 'tty']

/**
 * The first process of the machine's own namespaces: builds the root that systemd expects to find in a container, and
 * becomes systemd. Source: https://systemd.io/CONTAINER_INTERFACE/, "Execution Environment": /proc, /sys, devices, a name
 * space of control groups, /sys read-only and `container` in the environment.
 */
export function machineScript({ folder, root, dist, node, programs }: MachinePaths): string {
  const at = quote(`${folder}/root`)
  const file = (from: string, to: string): string[] => [
    `mkdir -p "$(dirname "$R"${quote(to)})" && touch "$R"${quote(to)}`,
    `mount --bind ${quote(from)} "$R"${quote(to)}`,
  ]
  const fresh = (to: string, mode: string): string => `mount -t tmpfs -o mode=${mode} rampart "$R"${to}`
  return [
    'set -e',
    // Everything below changes what the namespaces hold: this machine's own are not to be touched.
    ...['mnt', 'net', 'uts', 'cgroup'].map(
      (name) => `test "$(readlink /proc/self/ns/${name})" != ${quote(readlinkSync(`/proc/self/ns/${name}`))}`,
    ),
    'mount --make-rprivate /',
    `mkdir -p ${quote(`${folder}/memory`)} ${at}`,
    `mount -t tmpfs rampart ${quote(`${folder}/memory`)}`,
    `mkdir ${quote(`${folder}/memory/upper`)} ${quote(`${folder}/memory/work`)}`,
    `mount -t overlay -o lowerdir=${quote(root)},upperdir=${quote(`${folder}/memory/upper`)},workdir=${quote(`${folder}/memory/work`)} rampart ${at}`,
    `R=${at}`,
    'mount -t proc proc "$R/proc"',
    'mount -t sysfs sysfs "$R/sys"',
    'mount -t cgroup2 cgroup2 "$R/sys/fs/cgroup"',
    fresh('/dev', '755'),
    ...DEVICES.flatMap((name) => file(`/dev/${name}`, `/dev/${name}`)),
    'mkdir "$R/dev/pts" "$R/dev/shm"',
    'mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$R/dev/pts"',
    'ln -s pts/ptmx "$R/dev/ptmx"',
    'ln -s /proc/self/fd "$R/dev/fd"',
    fresh('/dev/shm', '1777'),
    fresh('/run', '755'),
    fresh('/tmp', '1777'),
    // Docker's layers over a disk in memory: an overlay cannot lie on an overlay.
    'mkdir -p "$R/var/lib/docker"',
    fresh('/var/lib/docker', '710'),
    ...file(node, NODE),
    `mkdir -p "$R"${RAMPART}`,
    `mount --bind ${quote(dist)} "$R"${RAMPART}`,
    `mount -o remount,ro,bind "$R"${RAMPART}`,
    ...Object.entries(programs).flatMap(([to, from]) => file(from, to)),
    'mount -o remount,ro,bind "$R/sys"',
    'ip link set lo up',
    `hostname ${HOST_NAME}`,
    `echo ${HOST_NAME} >"$R/etc/hostname"`,
    `printf '127.0.0.1 localhost\\n127.0.1.1 ${HOST_NAME}\\n' >"$R/etc/hosts"`,
    // No name is asked outside of the machine.
    ': >"$R/etc/resolv.conf"',
    'mkdir -p "$R/mnt/outside"',
    'cd "$R"',
    'pivot_root . mnt/outside',
    `exec chroot . /usr/bin/env -i container=rampart-test PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -c 'umount -l /mnt/outside && exec /sbin/init'`,
    '',
  ].join('\n')
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
