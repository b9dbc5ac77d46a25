import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foreignBecause } from './browser-guard.js'
import { cleanPath, escapePath, readTarget } from './go-url.js'
import { hostOf, kubectlFilter, KUBECTL_DEFAULTS } from './kubectl-filter.js'
import { route, type Prefixes } from './route.js'
import { refusalOf, type SafeRules } from './safe-rules.js'
import { SENSITIVE } from './sensitive.js'
import { codeIn, Session } from './session.js'

const SAFE: SafeRules = { methods: new Set(['GET', 'HEAD']), allow: new Set() }
const judge = (path: string, method = 'GET', rules = SAFE): string => {
  const target = readTarget(path)
  if (target === undefined) return 'unreadable'
  const refusal = refusalOf(method, target, rules)
  return refusal === undefined ? 'passes' : `${refusal.status}`
}

describe('the safe mode', () => {
  it.each([
    '/',
    '/version',
    '/healthz',
    '/openapi/v3/api/v1',
    '/api',
    '/api/v1',
    '/api/v1/pods?limit=500&watch=1',
    '/api/v1/namespaces/secrets',
    '/api/v1/namespaces/secrets/',
    '/api/v1/namespaces/proxy/pods',
    '/api/v1/namespaces/shop/pods/exec',
    '/api/v1/namespaces/shop/pods/secrets/log',
    '/api/v1/watch/namespaces/shop/pods',
    '/api/v1/nodes/n1/status',
    '/apis/apps/v1/namespaces/shop/deployments/web/scale',
    '/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node',
    '/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode',
    '/apis/external-secrets.io/v1/externalsecrets',
    '/apis/',
  ])('passes GET %s', (path) => {
    expect(judge(path)).toBe('passes')
    expect(judge(path, 'HEAD')).toBe('passes')
    expect(judge(path, 'POST')).toBe('405')
    expect(judge(path, 'DELETE')).toBe('405')
  })

  it.each([
    '/api/v1/secrets',
    '/api/v1/secrets/',
    '/api/v1/secrets?limit=1',
    '/api/v1/Secrets',
    '/api/v1/SECRETS',
    '/api/v1/%73ecrets',
    '/api/v1/%53ecrets',
    '/api/v1/namespaces/shop/secrets',
    '/api/v1/namespaces/shop/secrets/tls',
    '/api/v1/watch/secrets',
    '/api/v1/watch/namespaces/shop/secrets',
    '/api/v1/watch/namespaces/shop/secrets/tls',
    '/API/v1/secrets',
    '/apis/example.com/v1/namespaces/shop/secrets',
    '/api/v1/namespaces/shop/pods/web/exec',
    '/api/v1/namespaces/shop/pods/web/exec?command=sh',
    '/api/v1/namespaces/shop/pods/web/EXEC',
    '/api/v1/namespaces/shop/pods/web/attach/',
    '/api/v1/namespaces/shop/pods/web/portforward',
    '/api/v1/namespaces/shop/pods/web/proxy',
    '/api/v1/namespaces/shop/pods/web:80/proxy/secrets',
    '/api/v1/namespaces/shop/services/https:web:443/proxy/',
    '/api/v1/nodes/n1/proxy',
    '/api/v1/nodes/n1:10250/proxy/run/x',
    '/api/v1/proxy/nodes/n1',
    '/api/v1/watch/proxy/nodes/n1/proxy',
    '/api/v1/namespaces/shop/serviceaccounts/default/token',
    '/apis/authentication.k8s.io/v1/tokenreviews',
    '/apis/oauth.openshift.io/v1/oauthaccesstokens',
    '/apis/subresources.kubevirt.io/v1/namespaces/shop/virtualmachineinstances/vm/vnc',
    '/apis/subresources.kubevirt.io/v1/namespaces/shop/virtualmachineinstances/vm/portforward/22',
  ])('refuses %s', (path) => {
    expect(judge(path)).toBe('403')
  })

  it.each([
    '/api/v1//secrets',
    '//api/v1/secrets',
    '/api/v1/./secrets',
    '/api/v1/pods/../secrets',
    '/api/v1/pods/%2e%2e/secrets',
    '/api/v1/pods/.%2E/secrets',
    '/api/v1/namespaces/shop%2Fsecrets',
    '/api/v1/namespaces/shop%2fsecrets',
    '/api/v1/namespaces/shop%252Fsecrets',
    '/api/v1/namespaces/shop%5Csecrets',
    '/api/v1/namespaces/shop\\secrets',
    '/api/v1/secrets%00',
    '/api/v1/secrets%0a',
    '/api/v1/namespaces/shop/pods/web%2Fexec',
    '/api/v1/secr\u00e9ts',
  ])('refuses what could be read in two ways: %s', (path) => {
    expect(judge(path)).toMatch(/^400|403$/)
  })

  it.each(SENSITIVE)('passes %s when it was asked to, and nothing else', (name) => {
    const paths = {
      secrets: '/api/v1/secrets',
      tokens: '/api/v1/namespaces/shop/serviceaccounts/default/token',
      exec: '/api/v1/namespaces/shop/pods/web/exec',
      attach: '/api/v1/namespaces/shop/pods/web/attach',
      portforward: '/api/v1/namespaces/shop/pods/web/portforward',
      proxy: '/api/v1/namespaces/shop/services/web/proxy/a//b%2Fc',
    }
    const rules = { ...SAFE, allow: new Set([name]) }
    for (const [each, path] of Object.entries(paths)) {
      if (each === name) expect(judge(path, 'GET', rules)).toBe('passes')
      else expect(judge(path, 'GET', rules)).toMatch(/^40[03]$/)
    }
  })

  it('finds a Secret whatever of its path is encoded', () => {
    const encodings = fc.array(fc.constantFrom('plain', 'lower', 'upper'), { minLength: 60, maxLength: 60 })
    const paths = fc.constantFrom(
      '/api/v1/secrets',
      '/api/v1/watch/namespaces/shop/secrets/x',
      '/api/v1/namespaces/shop/pods/web/exec',
    )
    fc.assert(
      fc.property(paths, encodings, fc.boolean(), (path, how, slash) => {
        const encoded = Array.from(path).map((sign, index) => {
          const hex = `%${sign.charCodeAt(0).toString(16)}`
          return how[index] === 'plain' || sign === '/'
            ? sign
            : how[index] === 'upper'
              ? hex.toUpperCase()
              : hex
        })
        expect(judge(`${encoded.join('')}${slash ? '/' : ''}`)).toBe('403')
      }),
      { numRuns: 500 },
    )
  })

  it('never throws, and never passes a step up', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('/', '.', '..', '%2e', '%2F', 'api', 'v1', 'secrets', '%', '?', 'é', 'proxy'),
        ),
        (parts) => {
          const path = `/${parts.join('')}`
          const verdict = judge(path)
          if (verdict !== 'passes') return
          const decoded = decodeURIComponent(path.split('?')[0]!)
          expect(decoded.split('/')).not.toContain('..')
          expect(decoded).not.toMatch(/^\/api\/v1\/secrets/)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('passes the one service alone when it was opened', () => {
    const only = '/api/v1/namespaces/shop/services/https:web:443/proxy'
    const rules = { ...SAFE, only }
    expect(judge(`${only}/`, 'GET', rules)).toBe('passes')
    expect(judge(`${only}/a//b%2Fc?x=%2F`, 'GET', rules)).toBe('passes')
    expect(judge(`${only}/../../../../secrets`, 'GET', rules)).toBe('400')
    expect(judge(`${only}/%2e%2e%2f%2e%2e/secrets`, 'GET', rules)).toBe('400')
    expect(judge(only.replace('web', 'other'), 'GET', rules)).toBe('403')
    expect(judge('/api/v1/pods', 'GET', rules)).toBe('403')
    expect(judge(`${only}/login`, 'POST', rules)).toBe('405')
  })
})

describe('requests of browsers', () => {
  const accepts = (host: string): boolean => host === '127.0.0.1:8001' || host === 'localhost:8001'
  const host = '127.0.0.1:8001'
  it.each([
    ['a program', { host }, undefined],
    ['an address that was typed', { host, 'sec-fetch-site': 'none' }, undefined],
    ['a page of ours', { host, origin: 'http://127.0.0.1:8001', 'sec-fetch-site': 'same-origin' }, undefined],
    ['another name of ours', { host: 'LOCALHOST:8001' }, undefined],
    ['a name that leads here (DNS rebinding)', { host: 'evil.example:8001' }, /Host/],
    ['our address on another port', { host: '127.0.0.1:8002' }, /Host/],
    ['no Host', {}, /Host/],
    ['a page of another site', { host, origin: 'https://evil.example' }, /Origin/],
    ['a page of another port', { host, origin: 'http://127.0.0.1:9000' }, /Origin/],
    ['a page without an origin', { host, origin: 'null' }, /Origin/],
    ['a link of another site', { host, 'sec-fetch-site': 'cross-site' }, /Sec-Fetch-Site/],
    ['a page of another port, by metadata', { host, 'sec-fetch-site': 'same-site' }, /Sec-Fetch-Site/],
  ])('%s', (_name, headers, because) => {
    const why = foreignBecause(headers, accepts)
    if (because === undefined) expect(why).toBeUndefined()
    else expect(why).toMatch(because)
  })
})

describe('a session', () => {
  const session = new Session()
  session.nameCookie(8001)
  const code = codeIn(session.entry!.slice(1))!
  it('takes its code once, and then knows the cookie', () => {
    expect(session.enter('wrong')).toBeUndefined()
    const cookie = session.enter(code)!
    expect(cookie).toMatch(/^rampart-session-8001=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(session.enter(code)).toBeUndefined()
    expect(session.entry).toBeUndefined()
    const [pair] = cookie.split(';')
    expect(session.knows({ cookie: `a=b; ${pair}; c` })).toBe(true)
    expect(session.knows({ cookie: pair!.replace('8001', '8002') })).toBe(false)
    expect(session.knows({ cookie: `${pair}x` })).toBe(false)
    expect(session.foreignCookies(`a=b; ${pair}; c=d=e`)).toBe('a=b; c=d=e')
    expect(session.foreignCookies(pair)).toBeUndefined()
  })
  it('knows the header of programs', () => {
    expect(session.knows({ 'rampart-session': session.secret })).toBe(true)
    expect(session.knows({ 'rampart-session': code })).toBe(false)
    expect(session.knows({ 'rampart-session': '' })).toBe(false)
    expect(session.knows({})).toBe(false)
  })
})

describe('the filter of kubectl proxy', () => {
  const filter = kubectlFilter(KUBECTL_DEFAULTS)
  it.each([
    ['GET', '/api/v1/pods', '127.0.0.1:8001', true],
    ['DELETE', '/api/v1/secrets', 'localhost', true],
    ['GET', '/api/v1/pods', '[::1]:8001', false],
    ['GET', '/api/v1/pods', '[::1]', true],
    ['GET', '/api/v1/pods', 'evil.example', false],
    ['GET', '/api/v1/namespaces/a/pods/b/exec', 'localhost:1', false],
    ['GET', '/api/v1/namespaces/a/pods/b/portforward', 'localhost:1', true],
    ['', '/', 'localhost', false],
  ])('%s %s for %s: %s', (method, path, host, accepted) => {
    expect(filter.accepts(method, path, host)).toBe(accepted)
  })
  it('divides at every comma, and says which pattern is none', () => {
    expect(
      kubectlFilter({ ...KUBECTL_DEFAULTS, rejectMethods: 'POST,PUT' }).accepts('PUT', '/', 'localhost'),
    ).toBe(false)
    expect(kubectlFilter({ ...KUBECTL_DEFAULTS, acceptPaths: '' }).accepts('GET', '/', 'localhost')).toBe(
      false,
    )
    expect(() => kubectlFilter({ ...KUBECTL_DEFAULTS, acceptHosts: '(' })).toThrow(/--accept-hosts/)
    expect(['[::1]:80', 'a:1', 'a', '[::1]', 'a:b:c'].map(hostOf)).toEqual([
      '::1',
      'a',
      'a',
      '[::1]',
      'a:b:c',
    ])
  })
})

describe('paths as Go reads them', () => {
  it.each([
    ['/a/../b', '/b'],
    ['/a//b/', '/a/b/'],
    ['//', '/'],
    ['/a/..', '/'],
    ['/../..', '/'],
    ['/a/.', '/a'],
    ['/a/./', '/a/'],
  ])('%s is cleaned to %s', (path, clean) => {
    expect(cleanPath(path)).toBe(clean)
  })

  it.each<[string, Prefixes, ReturnType<typeof route> | 'unreadable']>([
    ['/api/v1/pods?a=b', { api: '/' }, { kind: 'api', path: '/api/v1/pods', escaped: '/api/v1/pods' }],
    ['/', { api: '/' }, { kind: 'api', path: '', escaped: '' }],
    ['/custom/api', { api: '/custom/' }, { kind: 'api', path: '/api', escaped: '/api' }],
    ['/custom?x=1', { api: '/custom/' }, { kind: 'redirect', location: '/custom/?x=1' }],
    ['/other', { api: '/custom/' }, { kind: 'not-found' }],
    ['/api/v1/pods', { api: '/api/' }, { kind: 'api', path: '/api/v1/pods', escaped: '/api/v1/pods' }],
    ['/k8s-api/v1/pods', { api: '/k8s-api/' }, { kind: 'api', path: '/v1/pods', escaped: '/v1/pods' }],
    ['//api', { api: '/' }, { kind: 'redirect', location: '/api' }],
    ['/a/../b?c', { api: '/' }, { kind: 'redirect', location: '/b?c' }],
    ['/a%20b//c', { api: '/' }, { kind: 'redirect', location: '/a%2520b/c' }],
    ['/a%2Fb', { api: '/' }, { kind: 'api', path: '/a/b', escaped: '/a%2Fb' }],
    ['/custom/a%2Fb', { api: '/custom/' }, { kind: 'api', path: '/a/b', escaped: '/a/b' }],
    ['/a%zz', { api: '/' }, 'unreadable'],
    ['/static/x.html', { api: '/', static: '/static/' }, { kind: 'static', path: 'x.html' }],
    ['/static', { api: '/', static: '/static/' }, { kind: 'redirect', location: '/static/' }],
    ['/static/a', { api: '/static/api/', static: '/static/' }, { kind: 'static', path: 'a' }],
    [
      '/static/api/a',
      { api: '/static/api/', static: '/static/' },
      { kind: 'api', path: '/a', escaped: '/a' },
    ],
    ['http://h/api', { api: '/' }, { kind: 'api', path: '/api', escaped: '/api' }],
  ])('%s with %j', (raw, prefixes, expected) => {
    const target = readTarget(raw)
    expect(target === undefined ? 'unreadable' : route(target, prefixes)).toEqual(expected)
  })

  it('come back from their encoding', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (text) => {
        const path = `/${Buffer.from(text).toString('latin1')}`
        expect(readTarget(escapePath(path))?.path).toBe(path)
      }),
    )
  })
})
