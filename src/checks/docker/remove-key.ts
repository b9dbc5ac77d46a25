import type { Fix, Origin } from '../../model/index.js'

/** The fix that takes a key out of daemon.json; undefined where the origin is no place of a host's file. */
export function removeKey(key: string, origin: Origin, then: string): Fix | undefined {
  if (origin.kind !== 'file' || origin.host === undefined) return undefined
  const { file, host, path = [key] } = origin
  return {
    text: `Take \`${key}\` out of \`${file}\`${then}; then run \`systemctl restart docker\`.`,
    edits: [{ host, file, op: 'remove', path }],
    commands: [],
    risk: 'restart',
    needs: [],
    restart: 'systemctl restart docker',
    verify: 'docker info',
  }
}
