import { describe, expect, it } from 'vitest'
import { environmentProxy } from './environment-proxy.js'

const HTTPS = { HTTPS_PROXY: 'http://proxy:3128' }

describe('environmentProxy', () => {
  it.each<[string, string, Record<string, string>, string | undefined]>([
    ['https takes HTTPS_PROXY', 'https://a.example', HTTPS, 'http://proxy:3128'],
    ['and not HTTP_PROXY', 'https://a.example', { HTTP_PROXY: 'http://proxy' }, undefined],
    ['http takes HTTP_PROXY', 'http://a.example', { http_proxy: 'proxy:80' }, 'http://proxy:80'],
    ['an empty one is none', 'https://a.example', { HTTPS_PROXY: '' }, undefined],
    ['socks5', 'https://a.example', { HTTPS_PROXY: 'socks5://p' }, 'socks5://p'],
    ['not this machine', 'https://localhost:6443', HTTPS, undefined],
    ['nor its addresses', 'https://127.0.0.2:6443', HTTPS, undefined],
    ['nor its address of six', 'https://[::1]:6443', HTTPS, undefined],
    ['a star', 'https://a.example', { ...HTTPS, NO_PROXY: '*' }, undefined],
    ['a domain and what is below', 'https://a.b.example', { ...HTTPS, NO_PROXY: 'x, b.example' }, undefined],
    ['a domain itself', 'https://b.example', { ...HTTPS, no_proxy: 'b.example' }, undefined],
    ['below a domain alone', 'https://b.example', { ...HTTPS, NO_PROXY: '.b.example' }, 'http://proxy:3128'],
    ['not what only ends so', 'https://xb.example', { ...HTTPS, NO_PROXY: 'b.example' }, 'http://proxy:3128'],
    ['an address', 'https://10.0.0.1:6443', { ...HTTPS, NO_PROXY: '10.0.0.1' }, undefined],
    ['a network', 'https://10.0.0.1:6443', { ...HTTPS, NO_PROXY: '10.0.0.0/8' }, undefined],
    [
      'another network',
      'https://11.0.0.1:6443',
      { ...HTTPS, NO_PROXY: '10.0.0.0/8,fe80::/10' },
      'http://proxy:3128',
    ],
    ['no network', 'https://10.0.0.1', { ...HTTPS, NO_PROXY: '10.0.0.0/99,a/b' }, 'http://proxy:3128'],
    ['a port', 'https://a.example:6443', { ...HTTPS, NO_PROXY: 'a.example:6443' }, undefined],
    ['another port', 'https://a.example', { ...HTTPS, NO_PROXY: 'a.example:6443' }, 'http://proxy:3128'],
  ])('%s', (_name, server, env, expected) => {
    expect(environmentProxy(new URL(server), env)).toBe(expected)
  })
})
