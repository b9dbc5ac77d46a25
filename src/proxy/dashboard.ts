import type { ApiClient } from '../client/index.js'
import { asList, asNumber, asString, field, RampartError, valueAt, type JsonObject } from '../model/index.js'

/** A service that is opened by way of the API server. */
export interface Dashboard {
  /** Without a slash at its end: `/api/v1/namespaces/NS/services/https:NAME:443/proxy`. */
  readonly path: string
  readonly port: string
  readonly scheme: 'http' | 'https'
}

interface ServicePort {
  readonly name: string
  readonly number: number
  readonly appProtocol: string
  readonly protocol: string
}

const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/

/** `NAMESPACE/SERVICE`, with `:PORT` behind it when the service has several, by name or number. */
export async function findDashboard(client: Pick<ApiClient, 'getJson'>, text: string): Promise<Dashboard> {
  const [, namespace = '', name = '', wanted] = /^([^/:]+)\/([^/:]+)(?::([^/:]+))?$/.exec(text) ?? []
  if (!NAME.test(namespace) || !NAME.test(name)) {
    throw new RampartError('usage', `--open is NAMESPACE/SERVICE or NAMESPACE/SERVICE:PORT, not \`${text}\``)
  }
  const base = `/api/v1/namespaces/${namespace}/services`
  const service = await client.getJson(`${base}/${name}`)
  const port = choosePort(text, portsOf(service), wanted)
  const scheme = isHttps(port) ? 'https' : 'http'
  // Source: apimachinery pkg/util/net, SplitSchemeNamePort.
  const id = `${scheme === 'https' ? 'https:' : ''}${name}:${port.name === '' ? port.number : port.name}`
  return { path: `${base}/${id}/proxy`, port: port.name === '' ? String(port.number) : port.name, scheme }
}

function portsOf(service: JsonObject): ServicePort[] {
  return asList(valueAt(service, ['spec', 'ports']))
    .map((port) => ({
      name: asString(field(port, 'name')) ?? '',
      number: asNumber(field(port, 'port')) ?? 0,
      appProtocol: asString(field(port, 'appProtocol')) ?? '',
      protocol: asString(field(port, 'protocol')) ?? 'TCP',
    }))
    .filter(({ protocol }) => protocol === 'TCP')
}

function choosePort(text: string, ports: readonly ServicePort[], wanted: string | undefined): ServicePort {
  const all = ports
    .map(({ name, number }) => (name === '' ? String(number) : `${name} (${number})`))
    .join(', ')
  if (wanted !== undefined) {
    const found = ports.find(({ name, number }) => name === wanted || String(number) === wanted)
    if (found !== undefined) return found
    throw new RampartError('usage', `the service has no port \`${wanted}\`; it has ${all || 'none'}`)
  }
  const [only] = ports
  if (only === undefined) throw new RampartError('usage', `the service of \`${text}\` has no port for TCP`)
  if (ports.length === 1) return only
  const web = ports.filter((port) => isHttps(port) || isHttp(port))
  if (web.length === 1 && web[0] !== undefined) return web[0]
  throw new RampartError('usage', `the service has several ports: name one, as --open ${text}:PORT (${all})`)
}

function isHttps({ name, number, appProtocol }: ServicePort): boolean {
  return appProtocol === 'https' || /^https/.test(name) || (number === 443 && name === '') || number === 8443
}

function isHttp({ name, number, appProtocol }: ServicePort): boolean {
  return appProtocol === 'http' || /^http/.test(name) || number === 80 || number === 8080
}
