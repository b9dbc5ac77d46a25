import { addressScope, type DaemonHost } from '../../docker/index.js'
import type { Host, HostFile, Origin } from '../../model/index.js'

/** What one line of docker.socket makes systemd listen on, handed to dockerd by `-H fd://`. */
export interface ActivatedSocket {
  readonly word: string
  readonly host: DaemonHost
  readonly origin: Origin
}

/** Folders of units, the strongest first. Source: systemd.unit(5), Unit File Load Path. */
const UNIT_FOLDERS = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/lib/systemd/system',
  '/usr/lib/systemd/system',
]

/** The sockets of docker.socket with its drop-ins, or undefined when no such unit was seen. */
export function activatedSockets(host: Host): ActivatedSocket[] | undefined {
  const unit = UNIT_FOLDERS.map((folder) => textOf(host, `${folder}/docker.socket`)).find(
    (file) => file !== undefined,
  )
  if (unit === undefined) return undefined
  const sockets: ActivatedSocket[] = []
  for (const file of [unit, ...dropIns(host)]) readListenLines(host.name, file, sockets)
  return sockets
}

interface UnitText {
  readonly path: string
  readonly text: string
}

function textOf(host: Host, path: string): UnitText | undefined {
  const file: HostFile | undefined = host.files.get(path)
  return file?.text === undefined ? undefined : { path, text: file.text }
}

/** Drop-ins by their file names; one of a stronger folder hides those of the same name. */
function dropIns(host: Host): UnitText[] {
  const byName = new Map<string, UnitText>()
  for (const folder of UNIT_FOLDERS) {
    const prefix = `${folder}/docker.socket.d/`
    for (const path of host.files.keys()) {
      if (!path.startsWith(prefix) || !path.endsWith('.conf')) continue
      const name = path.slice(prefix.length)
      const file = textOf(host, path)
      if (!name.includes('/') && file !== undefined && !byName.has(name)) byName.set(name, file)
    }
  }
  return [...byName].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, file]) => file)
}

function readListenLines(host: string, { path, text }: UnitText, sockets: ActivatedSocket[]): void {
  for (const [index, line] of text.split('\n').entries()) {
    const word = /^ListenStream\s*=(.*)$/.exec(line.trim())?.[1]?.trim()
    if (word === undefined) continue
    // An empty value takes back all earlier ones. Source: systemd.socket(5).
    if (word === '') sockets.length = 0
    else
      sockets.push({
        word,
        host: listenAddress(word),
        origin: { kind: 'file', host, file: path, line: index + 1 },
      })
  }
}

/** Source: systemd.socket(5), ListenStream=. A number alone is that port on every address. */
function listenAddress(word: string): DaemonHost {
  if (/^[/@]/.test(word) || word.startsWith('%t/'))
    return { kind: 'unix', path: word.replace(/^%t\//, '/run/') }
  const parts = /^(?:\[([^\]]*)\]|([^:[\]]*)):(\d{1,5})$/.exec(word)
  const address = parts === null ? '::' : (parts[1] ?? parts[2] ?? '')
  const port = Number(parts === null ? word : parts[3])
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    return { kind: 'invalid', reason: 'no address of a socket' }
  return { kind: 'tcp', address, port, scope: addressScope(address) }
}
