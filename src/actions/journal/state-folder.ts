import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { RampartError } from '../../model/index.js'

/**
 * Where runs, backups and locks are kept: what the user named, `RAMPART_STATE_DIR`, `/var/lib/rampart` for root, else the
 * state folder of the XDG base directory specification. Never a folder that a daemon reads.
 */
export function stateFolder(
  named: string | undefined,
  env: Readonly<Record<string, string | undefined>> = process.env,
  uid: number | undefined = process.getuid?.(),
): string {
  const asked = named ?? nonEmpty(env.RAMPART_STATE_DIR)
  const folder = resolve(asked ?? (uid === 0 ? '/var/lib/rampart' : userState(env)))
  for (const read of READ_BY_DAEMONS) {
    if (folder === read || folder.startsWith(`${read}/`))
      throw new RampartError(
        'usage',
        `the state folder ${folder} is inside of ${read}, where a daemon reads or runs what it finds: name another one`,
      )
  }
  return folder
}

const READ_BY_DAEMONS = [
  '/etc/kubernetes',
  '/var/lib/kubelet',
  '/etc/docker',
  '/etc/containerd',
  '/etc/systemd',
  '/etc/cni',
  '/etc/crio',
]

function userState(env: Readonly<Record<string, string | undefined>>): string {
  // A relative path is to be ignored. Source: XDG Base Directory Specification 0.8.
  const xdg = nonEmpty(env.XDG_STATE_HOME)
  return join(xdg?.startsWith('/') === true ? xdg : join(env.HOME ?? homedir(), '.local', 'state'), 'rampart')
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}
