import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClientConfig, ExecConfig } from '../kubeconfig/index.js'
import { Authority } from '../../test/kit/authority.js'
import { findProgram } from '../kubeconfig/disk/index.js'
import { readCredential, runExecCredential, type ExecOptions } from './exec-credential.js'

const V1 = 'client.authentication.k8s.io/v1'
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'exec-credential-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const CLUSTER: ClientConfig = {
  server: 'https://api.example:6443/a<b',
  ca: { kind: 'data', pem: 'PEM' },
  tlsServerName: 'api',
  insecureSkipTlsVerify: false,
  disableCompression: true,
  context: 'c',
  namespace: 'default',
  inCluster: false,
}

function plugin(name: string, script: string): string {
  const file = path.join(folder, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
  return file
}

const execOf = (command: string, more: Partial<ExecConfig> = {}): ExecConfig => ({
  command,
  args: [],
  env: [],
  apiVersion: V1,
  installHint: '',
  provideClusterInfo: false,
  interactiveMode: 'Never',
  ...more,
})
const run = (exec: ExecConfig, options: Partial<ExecOptions> = {}) =>
  runExecCredential(exec, CLUSTER, { env: { PATH: '/usr/bin:/bin' }, stdinIsTerminal: false, ...options })
const credential = (status: object | null, apiVersion = V1): string =>
  JSON.stringify({ kind: 'ExecCredential', apiVersion, status })
const answer = (status: object | null, apiVersion = V1): string => `echo '${credential(status, apiVersion)}'`

describe('runExecCredential', () => {
  it('hands over arguments, environment and what is asked, without a shell', async () => {
    const seen = path.join(folder, 'seen')
    const file = plugin(
      'tell',
      `printf '%s|' "$@" "$EXTRA" "$KUBERNETES_EXEC_INFO" > ${seen}\n${answer({ token: 't' })}`,
    )
    const exec = execOf(file, { args: ['a b', '$(id)', ''], env: [{ name: 'EXTRA', value: 'x' }] })
    expect(await run(exec)).toEqual({ token: 't' })
    const info = `{"kind":"ExecCredential","apiVersion":"${V1}","spec":{"interactive":false}}\n`
    expect(readFileSync(seen, 'utf8')).toBe(`a b|$(id)||x|${info}|`)
  })

  it('describes the cluster where that is wanted', async () => {
    const seen = path.join(folder, 'cluster')
    const file = plugin(
      'cluster-info',
      `printf '%s' "$KUBERNETES_EXEC_INFO" > ${seen}\n${answer({ token: 't' })}`,
    )
    await run(execOf(file, { provideClusterInfo: true, clusterExtension: { audience: 'x' } }))
    const text = readFileSync(seen, 'utf8')
    expect(text).toContain('a\\u003cb')
    expect((JSON.parse(text) as { spec: object }).spec).toEqual({
      cluster: {
        server: CLUSTER.server,
        'tls-server-name': 'api',
        'certificate-authority-data': Buffer.from('PEM').toString('base64'),
        'disable-compression': true,
        config: { audience: 'x' },
      },
      interactive: false,
    })
  })

  it('gives the time at which the credential ends', async () => {
    const file = plugin('expires', answer({ token: 't', expirationTimestamp: '2030-01-01T00:00:00Z' }))
    expect(await run(execOf(file))).toEqual({ token: 't', expires: Date.UTC(2030, 0, 1) })
  })

  it('takes v1beta1', async () => {
    const version = 'client.authentication.k8s.io/v1beta1'
    const file = plugin('beta', answer({ token: 't' }, version))
    expect(await run(execOf(file, { apiVersion: version }))).toEqual({ token: 't' })
  })

  it('finds a bare name in PATH, never in the working folder', () => {
    plugin('bin/found', 'true')
    expect(findProgram('found', `/nowhere::.:${folder}/bin`)).toBe(path.join(folder, 'bin/found'))
    expect(findProgram('package.json', '.:')).toBeUndefined()
    expect(findProgram('bin', folder)).toBeUndefined()
  })

  it.each<[string, Partial<ExecConfig>, Partial<ExecOptions>, RegExp]>([
    [
      'a version that is gone',
      { apiVersion: 'client.authentication.k8s.io/v1alpha1' },
      {},
      /invalid apiVersion/,
    ],
    [
      'no such program',
      { command: 'no-such-plug-in', installHint: 'install it' },
      {},
      /executable no-such-plug-in not found[^]*not installed[^]*\n\ninstall it$/,
    ],
    ['no terminal', { interactiveMode: 'Always' }, {}, /interactive mode: standard input is not a terminal/],
    [
      'a terminal that is taken',
      { interactiveMode: 'Always' },
      { stdinIsTerminal: true, stdinUnavailable: 'used by -f -' },
      /standard input is unavailable: used by -f -/,
    ],
  ])('refuses %s', async (_name, exec, options, message) => {
    await expect(run(execOf('x', exec), options)).rejects.toThrow(message)
  })

  it('says with which exit code a program failed', async () => {
    await expect(run(execOf(plugin('fails', 'exit 7')))).rejects.toThrow(/failed with exit code 7$/)
  })

  it('stops a program that writes without end', async () => {
    await expect(run(execOf(plugin('endless', 'yes')))).rejects.toThrow(/wrote more than 1 MiB/)
  })

  it('stops when the request is given up', async () => {
    const stop = new AbortController()
    const running = run(execOf(plugin('slow', 'exec sleep 30')), { signal: stop.signal })
    setTimeout(() => stop.abort(), 50)
    await expect(running).rejects.toThrow(/abort/)
  })
})

describe('readCredential', () => {
  it.each<[string, string, RegExp]>([
    ['no JSON', 's3cret', /it is no JSON$/],
    ['another kind', '{"kind":"Pod"}', /no ExecCredential/],
    [
      'another version',
      credential({ token: 's3cret' }, 'client.authentication.k8s.io/v1beta1'),
      /returned version client.authentication.k8s.io\/v1beta1$/,
    ],
    ['no status', credential(null), /didn't return a status field/],
    ['an empty status', credential({}), /didn't return a token or cert\/key pair/],
    ['a key alone', credential({ clientKeyData: 's3cret' }), /only certificate or key/],
    [
      'a pair that is none',
      credential({ clientKeyData: 's3cret', clientCertificateData: 'x' }),
      /failed parsing/,
    ],
    ['a bad time', credential({ token: 's3cret', expirationTimestamp: 'soon' }), /is no time/],
  ])('refuses %s, and shows nothing of it', (_name, output, message) => {
    let told = ''
    try {
      readCredential(output, V1)
    } catch (error) {
      told = (error as Error).message
    }
    expect(told).toMatch(message)
    expect(told).not.toContain('s3cret')
  })

  it('gives a certificate with its key', async () => {
    const authority = await Authority.create(path.join(folder, 'pki'))
    const files = await authority.issue('client', { name: 'anna', client: true })
    const [cert, key] = [readFileSync(files.cert, 'utf8'), readFileSync(files.key, 'utf8')]
    const output = credential({ clientCertificateData: cert, clientKeyData: key })
    expect(readCredential(output, V1)).toEqual({ certificate: { cert, key } })
  })
})
