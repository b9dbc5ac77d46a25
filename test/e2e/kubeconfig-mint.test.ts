import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rampart, type CliRun } from '../cli/run-cli.js'
import { cluster, kubeconfigFor, unavailable, type ClusterFacts } from './shared-cluster.js'

const KUBECTL = process.env['KUBECTL'] ?? 'kubectl'
if (cluster === undefined) console.warn(`kubeconfig-mint.test.ts is skipped: ${unavailable}`)

describe.skipIf(cluster === undefined)('rampart kubeconfig mint on a real cluster', () => {
  const { kubeconfig } = cluster ?? ({} as ClusterFacts)
  let dir = ''
  const kubectl = (config: string, ...args: string[]): string =>
    execFileSync(KUBECTL, ['--kubeconfig', config, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const may = (config: string, ...question: string[]): boolean => {
    try {
      return kubectl(config, 'auth', 'can-i', ...question).trim() === 'yes'
    } catch {
      return false
    }
  }
  const mint = (...args: string[]): CliRun =>
    rampart(['kubeconfig', 'mint', ...args, '--kubeconfig', kubeconfig])
  const inFolder = (name: string): string => path.join(dir, name)
  const minted = (): { subject: string; kind: string; id: string; owner: string; expired: boolean }[] =>
    JSON.parse(mint('list', '-o', 'json').out).minted

  beforeAll(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'mint-'))
    kubectl(kubeconfig, 'create', 'namespace', 'mint')
    kubectl(kubeconfig, 'create', 'role', 'viewer', '-n', 'mint', '--verb=get', '--resource=configmaps')
  })
  afterAll(() => {
    kubectl(kubeconfig, 'delete', 'namespace', 'mint', '--wait=false')
    rmSync(dir, { recursive: true, force: true })
  })

  it('shows what it would make and what that allows, and makes nothing', () => {
    const { code, out } = mint(
      '--person',
      'anna',
      '--can',
      'get,list pods -n mint',
      '--can',
      'get secrets -n mint',
      '--owner',
      'bo',
    )
    expect(code).toBe(0)
    expect(out).toContain('kind: RoleBinding')
    expect(out).toMatch(/anna will be able to:/)
    expect(out).toContain('escalation-read-secrets')
    expect(out).toContain('Nothing was made')
    expect(minted()).toEqual([])
  })

  it('gives a person exactly what was asked for, by a certificate of the cluster', () => {
    const file = inFolder('anna.kubeconfig')
    const run = mint(
      '--person',
      'anna',
      '--can',
      'get,list pods -n mint',
      '--for',
      '1h',
      '--owner',
      'bo',
      '--apply',
      '--output-file',
      file,
    )
    expect({ code: run.code, err: run.err }).toEqual({ code: 0, err: '' })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(run.out).not.toContain('PRIVATE KEY')
    expect(may(file, 'list', 'pods', '-n', 'mint')).toBe(true)
    expect(may(file, 'delete', 'pods', '-n', 'mint')).toBe(false)
    expect(may(file, 'list', 'pods', '-n', 'default')).toBe(false)
    expect(kubectl(file, 'auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}')).toBe('anna')
    expect(new Set(minted().map(({ kind, owner, expired }) => `${kind} ${owner} ${expired}`))).toEqual(
      new Set(['RoleBinding bo false', 'Role bo false', 'CertificateSigningRequest bo false']),
    )
    expect(rampart(['kubeconfig', 'lint', file]).out).toMatch(/^0 errors, 0 warnings, 0 hints$/m)
  })

  it('gives a service account a token, makes the account, and binds a role that is there', () => {
    const file = inFolder('bot.kubeconfig')
    const run = mint(
      '--account',
      'mint/bot',
      '--role',
      'mint/viewer',
      '--for',
      '1h',
      '--apply',
      '--output-file',
      file,
    )
    expect({ code: run.code, err: run.err }).toEqual({ code: 0, err: '' })
    expect(may(file, 'get', 'configmaps', '-n', 'mint')).toBe(true)
    expect(may(file, 'get', 'secrets', '-n', 'mint')).toBe(false)
    expect(run.out).not.toContain('eyJ')
  })

  it('prints a token for a dashboard, and what it is good for', () => {
    const { code, out, err } = mint('--for-dashboard', 'mint/bot')
    expect(code).toBe(0)
    const claims = JSON.parse(Buffer.from(out.split('.')[1] ?? '', 'base64url').toString('utf8'))
    expect(claims.sub).toBe('system:serviceaccount:mint:bot')
    expect(claims.exp - claims.iat).toBeLessThanOrEqual(3607)
    expect(err).toContain('configmaps')
  })

  it('takes everything away again where one step is refused', async () => {
    kubectl(kubeconfig, 'create', 'clusterrole', 'half', '--verb=*', '--resource=roles,rolebindings,pods')
    kubectl(kubeconfig, 'create', 'clusterrolebinding', 'half', '--clusterrole=half', '--user=half')
    const half = await kubeconfigFor(dir, 'half')
    const file = inFolder('half.kubeconfig')
    const run = rampart([
      'kubeconfig',
      'mint',
      '--person',
      'eve',
      '--can',
      'get pods -n mint',
      '--apply',
      '--output-file',
      file,
      '--kubeconfig',
      half,
    ])
    expect(run.code).toBe(4)
    expect(run.err).toContain('Everything that was made is taken away again.')
    expect(existsSync(file)).toBe(false)
    expect(minted().some(({ subject }) => subject === 'eve')).toBe(false)
    kubectl(kubeconfig, 'delete', 'clusterrole,clusterrolebinding', 'half')
  })

  it('refuses roles that are not there, a file that is there, and masters', () => {
    expect(mint('--person', 'a', '--role', 'mint/none').err).toContain(
      'there is no Role none in namespace mint',
    )
    const file = inFolder('anna.kubeconfig')
    const before = readFileSync(file, 'utf8')
    const again = mint('--person', 'a', '--can', 'get pods -n mint', '--apply', '--output-file', file)
    expect({ code: again.code, same: readFileSync(file, 'utf8') === before }).toEqual({ code: 2, same: true })
    expect(mint('--person', 'a', '--group', 'system:masters', '--can', 'get pods -n mint').code).toBe(2)
  })

  it('ends access before its time', () => {
    expect(mint('prune').out).toBe('nothing has ended\n')
    const [id = ''] = minted().flatMap((each) => (each.subject === 'anna' ? [each.id] : []))
    expect(mint('prune', '--id', id).out).toContain('Nothing was deleted: add --apply.')
    expect(mint('prune', '--id', id, '--apply').code).toBe(0)
    expect(may(inFolder('anna.kubeconfig'), 'list', 'pods', '-n', 'mint')).toBe(false)
    const rest = new Set(minted().map((each) => each.id))
    for (const each of rest) expect(mint('prune', '--id', each, '--apply').code).toBe(0)
    expect(minted()).toEqual([])
  })
})
