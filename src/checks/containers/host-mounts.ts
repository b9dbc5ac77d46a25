import { asList, asString, field, type JsonValue } from '../../model/index.js'

/** A folder, file or socket of the host that a container sees. */
export interface HostMount {
  readonly index: number
  readonly source: string
  readonly destination: string
  readonly writable: boolean
}

/** The mounts of a container that show the host; volumes of Docker's own are not among them. */
export function hostMounts(mounts: JsonValue): HostMount[] {
  return asList(mounts).flatMap((mount, index) => {
    const type = asString(field(mount, 'Type')) ?? 'bind'
    const source = asString(field(mount, 'Source')) ?? ''
    if ((type !== 'bind' && type !== 'npipe') || source === '') return []
    const destination = asString(field(mount, 'Destination')) ?? ''
    return [{ index, source, destination, writable: field(mount, 'RW') !== false }]
  })
}
