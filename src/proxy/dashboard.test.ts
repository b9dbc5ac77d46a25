import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../model/index.js'
import { findDashboard } from './dashboard.js'

/** A client that holds one Service, and what it was asked for. */
function clientOf(ports: JsonObject[]) {
  const asked: string[] = []
  return {
    asked,
    getJson(path: string): Promise<JsonObject> {
      asked.push(path)
      return Promise.resolve({ kind: 'Service', spec: { ports } })
    },
  }
}

describe('the address of a dashboard', () => {
  it.each<[string, string, JsonObject[], string, 'http' | 'https', string]>([
    ['one port by number', 'web/ui', [{ port: 3000 }], 'ui:3000', 'http', '3000'],
    ['one port by its name', 'web/ui', [{ name: 'front', port: 3000 }], 'ui:front', 'http', 'front'],
    ['443 without a name', 'web/ui', [{ port: 443 }], 'https:ui:443', 'https', '443'],
    ['443 whose name says otherwise', 'web/ui', [{ name: 'http', port: 443 }], 'ui:http', 'http', 'http'],
    ['8443', 'web/ui', [{ name: 'kong', port: 8443 }], 'https:ui:kong', 'https', 'kong'],
    [
      'a name that begins with https',
      'web/ui',
      [{ name: 'https-ui', port: 9 }],
      'https:ui:https-ui',
      'https',
      'https-ui',
    ],
    ['appProtocol', 'web/ui', [{ port: 9000, appProtocol: 'https' }], 'https:ui:9000', 'https', '9000'],
    [
      'the only one for web of several',
      'web/ui',
      [
        { name: 'grpc', port: 9 },
        { name: 'http', port: 80 },
      ],
      'ui:http',
      'http',
      'http',
    ],
    [
      'the only one for TCP',
      'web/ui',
      [{ name: 'dns', port: 53, protocol: 'UDP' }, { port: 80 }],
      'ui:80',
      'http',
      '80',
    ],
    [
      'named by name',
      'web/ui:b',
      [
        { name: 'a', port: 1 },
        { name: 'b', port: 2 },
      ],
      'ui:b',
      'http',
      'b',
    ],
    [
      'named by number',
      'web/ui:1',
      [
        { name: 'a', port: 1 },
        { name: 'b', port: 2 },
      ],
      'ui:a',
      'http',
      'a',
    ],
  ])('%s', async (_name, text, ports, id, scheme, port) => {
    const client = clientOf(ports)
    expect(await findDashboard(client, text)).toEqual({
      path: `/api/v1/namespaces/web/services/${id}/proxy`,
      scheme,
      port,
    })
    expect(client.asked).toEqual(['/api/v1/namespaces/web/services/ui'])
  })

  it.each<[string, string, JsonObject[], RegExp]>([
    ['no port', 'web/ui', [], /has no port for TCP/],
    ['only UDP', 'web/ui', [{ port: 53, protocol: 'UDP' }], /has no port for TCP/],
    [
      'several for web',
      'web/ui',
      [
        { name: 'http', port: 80 },
        { name: 'https', port: 443 },
      ],
      /--open web\/ui:PORT \(http \(80\), https \(443\)\)/,
    ],
    [
      'several, none for web',
      'web/ui',
      [
        { name: 'a', port: 1 },
        { name: 'b', port: 2 },
      ],
      /several ports: name one/,
    ],
    ['a port that it does not have', 'web/ui:c', [{ name: 'a', port: 1 }], /has no port `c`; it has a \(1\)/],
    ['a port of none', 'web/ui:c', [], /has no port `c`; it has none/],
  ])('asks for a port: %s', async (_name, text, ports, message) => {
    await expect(findDashboard(clientOf(ports), text)).rejects.toThrow(message)
  })

  it.each([
    '',
    'ui',
    '/ui',
    'web/',
    'web/ui/x',
    'web/ui:',
    'web/../x',
    'Web/ui',
    'web/ui?x',
    'web/ui%2f',
    'a:b/ui',
  ])('asks no server for `%s`', async (text) => {
    const client = clientOf([{ port: 80 }])
    await expect(findDashboard(client, text)).rejects.toThrow(/--open is NAMESPACE\/SERVICE/)
    expect(client.asked).toEqual([])
  })
})
