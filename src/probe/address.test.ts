import { describe, expect, it } from 'vitest'
import { formatEndpoint, parseAddress } from './address.js'

describe('addresses', () => {
  it.each([
    ['node-1', { host: 'node-1' }],
    ['node-1.example.com:10250', { host: 'node-1.example.com', port: 10250 }],
    ['10.0.0.5', { host: '10.0.0.5' }],
    ['10.0.0.5:1', { host: '10.0.0.5', port: 1 }],
    ['10.0.0.5:65535', { host: '10.0.0.5', port: 65535 }],
    ['fd00::5', { host: 'fd00::5' }],
    ['::1', { host: '::1' }],
    ['[::1]', { host: '::1' }],
    ['[fd00::5]:2376', { host: 'fd00::5', port: 2376 }],
    ['my_host', { host: 'my_host' }],
  ])('reads %s', (text, address) => {
    expect(parseAddress(text)).toEqual(address)
  })

  it.each([
    ['', /no host name/],
    [':10250', /no host name/],
    ['https://node-1:10250', /not a URL/],
    ['node-1/pods', /not a URL/],
    ['node-1:0', /`0` is no port/],
    ['node-1:65536', /is no port/],
    ['node-1:', /`` is no port/],
    ['node-1:http', /`http` is no port/],
    ['node-1:10250:1', /`10250:1` is no port/],
    ['[10.0.0.5]:1', /no IP address/],
    ['[fd00::5', /\[ADDRESS\]:PORT/],
    ['10.0.0', /`10.0.0` is no host name/],
    ['256.0.0.1', /no host name/],
    ['a b', /no host name/],
    ['-oProxy', /no host name/],
    ['a\r\nHost: b', /no host name/],
    ['a'.repeat(300), /no host name/],
  ])('refuses %j', (text, message) => {
    expect(() => parseAddress(text)).toThrow(message)
  })

  it('writes IPv6 in brackets', () => {
    expect(formatEndpoint({ host: 'fd00::5', port: 1 })).toBe('[fd00::5]:1')
    expect(formatEndpoint({ host: 'a', port: 1 })).toBe('a:1')
  })
})
