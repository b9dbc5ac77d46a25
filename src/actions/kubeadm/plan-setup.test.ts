import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import {
  apiServerArguments,
  CONTROLLER_ARGUMENTS,
  SCHEDULER_ARGUMENTS,
} from './plan-cluster-configuration.js'
import { readSetupRequest, TOPOLOGIES, type SetupOptions } from './plan-request.js'
import { planSetup, type Setup } from './plan-setup.js'
import { makeSecrets, SECRETS_NOT_MADE } from './secrets.js'
import { componentKnowledge, readAuditPolicy, readEncryptionConfiguration } from '../../kube/index.js'

const MINORS = [29, 30, 31, 32, 33, 34, 35, 36, 37]
const SECRETS = makeSecrets()

function setup(more: Partial<SetupOptions> = {}, secrets = SECRETS): Setup {
  const external = more.topology === 'external' ? { etcdEndpoints: ['https://10.0.0.5:2379'] } : {}
  return planSetup(
    readSetupRequest({
      kubernetesVersion: 'v1.36.3',
      controlPlaneEndpoint: 'api.example.org',
      ...external,
      ...more,
    }),
    secrets,
  )
}

function textOf({ files }: Setup, name: string): string {
  const found = files.find(({ path }) => path.endsWith(`/${name}`))
  if (found === undefined) throw new Error(`there is no ${name}`)
  return found.text
}

function documents(text: string): Record<string, Record<string, unknown>> {
  const all = parseAllDocuments(text).map((each) => each.toJS() as Record<string, unknown>)
  return Object.fromEntries(all.map((each) => [String(each['kind']), each]))
}

describe('planSetup', () => {
  it.each([
    [30, 'kubeadm.k8s.io/v1beta3'],
    [31, 'kubeadm.k8s.io/v1beta4'],
    [37, 'kubeadm.k8s.io/v1beta4'],
  ])('writes what kubeadm 1.%s reads: %s', (minor, api) => {
    const all = documents(textOf(setup({ kubernetesVersion: `v1.${minor}.0` }), 'init.yaml'))
    expect(Object.keys(all)).toEqual([
      'InitConfiguration',
      'ClusterConfiguration',
      'KubeletConfiguration',
      'KubeProxyConfiguration',
    ])
    expect(all['ClusterConfiguration']?.['apiVersion']).toBe(api)
    expect(all['InitConfiguration']?.['apiVersion']).toBe(api)
    const args = (all['ClusterConfiguration']?.['scheduler'] as { extraArgs: unknown }).extraArgs
    expect(args).toEqual(api.endsWith('3') ? { profiling: 'false' } : [{ name: 'profiling', value: 'false' }])
  })

  it.each([
    [31, undefined],
    [32, 'apiserver.config.k8s.io/v1beta1'],
    [33, 'apiserver.config.k8s.io/v1beta1'],
    [34, 'apiserver.config.k8s.io/v1'],
  ])('limits anonymous requests in 1.%s by %s, and never switches them off', (minor, api) => {
    const made = setup({ kubernetesVersion: `v1.${minor}.0` })
    expect(textOf(made, 'init.yaml')).not.toMatch(/name: anonymous-auth/)
    const there = made.files.some(({ path }) => path.endsWith('authentication.yaml'))
    expect(there).toBe(api !== undefined)
    expect(textOf(made, 'init.yaml').includes('authentication-config')).toBe(there)
    if (api === undefined)
      expect(made.remains.map(({ what }) => what).join()).toMatch(/without a credential, as far as RBAC/)
    else
      expect(
        documents(textOf(made, 'authentication.yaml'))['AuthenticationConfiguration']?.['apiVersion'],
      ).toBe(api)
  })

  it.each([
    ['token', ['/livez', '/readyz', '/healthz', '/api/v1/namespaces/kube-public/configmaps/cluster-info']],
    ['file', ['/livez', '/readyz', '/healthz']],
  ])('serves cluster-info without a credential only where machines join by a token: %s', (joinBy, paths) => {
    const { anonymous } = documents(textOf(setup({ joinBy }), 'authentication.yaml'))[
      'AuthenticationConfiguration'
    ] as unknown as {
      anonymous: { conditions: { path: string }[] }
    }
    expect(anonymous.conditions.map(({ path }) => path)).toEqual(paths)
  })

  it.each(MINORS)('uses flags and plug-ins that 1.%s knows', (minor) => {
    const { flags, admission } = componentKnowledge(minor)
    const request = readSetupRequest({ kubernetesVersion: `v1.${minor}.0`, controlPlaneEndpoint: 'api' })
    for (const [component, all] of [
      ['kube-apiserver', apiServerArguments(request)],
      ['kube-controller-manager', CONTROLLER_ARGUMENTS],
      ['kube-scheduler', SCHEDULER_ARGUMENTS],
    ] as const) {
      for (const { name, because } of all) {
        expect(flags[component][name], `--${name} of ${component}`).toBeDefined()
        expect(because).not.toBe('')
      }
    }
    const plugins = apiServerArguments(request).find(({ name }) => name === 'enable-admission-plugins')
    for (const plugin of plugins?.value.split(',') ?? []) expect(admission.order).toContain(plugin)
  })

  it('gives each setting its reason', () => {
    for (const topology of TOPOLOGIES) {
      for (const { path, text } of setup({ topology }).files.filter(({ path }) => path.endsWith('.yaml'))) {
        // A setting without a comment of its own lies in a block or entry that has one.
        const blocks = text.split(/^---$/m).flatMap((document) => topLevelBlocks(document))
        for (const block of blocks)
          expect(block, `${path}:\n${block}`).toMatch(/^\s*# |^(apiVersion|kind|metadata):/m)
      }
    }
  })

  it('keeps secrets in files that root alone may read, and shows none in a dry run', () => {
    for (const topology of TOPOLOGIES) {
      for (const joinBy of ['token', 'file']) {
        for (const { path, mode, secret, text } of setup({ topology, joinBy }).files) {
          const holds = Object.values(SECRETS).some((each) => text.includes(each))
          expect({ path, mode, secret }).toEqual({ path, mode: holds ? 0o600 : 0o644, secret: holds })
        }
        const shown = setup({ topology, joinBy }, SECRETS_NOT_MADE)
          .files.map(({ text }) => text)
          .join()
        expect(shown).not.toMatch(/secret: [A-Za-z0-9+/=]{20}/)
      }
    }
  })

  it('makes keys anew each time, in the form that kubeadm and the API server ask for', () => {
    const [one, two] = [makeSecrets(), makeSecrets()]
    expect(one).not.toEqual(two)
    expect(one.bootstrapToken).toMatch(/^[a-z0-9]{6}\.[a-z0-9]{16}$/)
    expect(Buffer.from(one.encryptionKey, 'base64')).toHaveLength(32)
    expect(one.certificateKey).toMatch(/^[0-9a-f]{64}$/)
  })

  it('has a patch for each static pod, by the names that kubeadm looks for', () => {
    const names = (topology: string): string[] =>
      setup({ topology }).files.flatMap(
        ({ path }) => /patches\/(.*)0\+strategic\.yaml$/.exec(path)?.[1] ?? [],
      )
    expect(names('single')).toEqual(['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'])
    expect(names('external')).not.toContain('etcd')
  })

  it('lets the API server open a low port', () => {
    expect(textOf(setup({ controlPlaneEndpoint: 'api:443' }), 'kube-apiserver0+strategic.yaml')).toMatch(
      /NET_BIND_SERVICE/,
    )
    expect(
      textOf(
        setup({ controlPlaneEndpoint: 'api:443', topology: 'stacked' }),
        'kube-apiserver0+strategic.yaml',
      ),
    ).not.toMatch(/NET_BIND/)
  })

  it('is read by our own readers without a problem', () => {
    const made = setup()
    const policy = readAuditPolicy(textOf(made, 'audit-policy.yaml'))
    expect(policy.fault).toBeUndefined()
    const encryption = readEncryptionConfiguration(textOf(made, 'encryption.yaml'))
    expect(encryption.fault).toBeUndefined()
  })

  it('says in its steps what differs by topology', () => {
    const steps = (more: Partial<SetupOptions>): string => stepsOf(setup(more))
    expect(steps({ topology: 'single' })).not.toMatch(/upload-certs/)
    expect(steps({ topology: 'stacked' })).toMatch(/kubeadm init .* --upload-certs/)
    expect(steps({ topology: 'external' })).toMatch(/apiserver-etcd-client\.key/)
    expect(steps({ joinBy: 'file' })).toMatch(/discovery\.conf/)
    expect(steps({ kubernetesVersion: 'v1.30.0' })).toMatch(/kubeadm upgrade apply --patches/)
    expect(steps({ kubernetesVersion: 'v1.30.0' })).toMatch(/gets no fixes since/)
  })

  it('gives the same bytes for the same request', () => {
    expect(setup()).toEqual(setup())
  })
})

function stepsOf({ files }: Setup): string {
  return files.find(({ path }) => path === 'STEPS.md')?.text ?? ''
}

/** The top-level fields of a document, each with the comments before it. */
function topLevelBlocks(document: string): string[] {
  const blocks: string[] = []
  let pending: string[] = []
  for (const line of document.split('\n')) {
    if (/^[A-Za-z]/.test(line)) {
      blocks.push([...pending, line].join('\n'))
      pending = []
    } else if (line.startsWith('#')) pending.push(line)
    else if (line !== '') blocks[blocks.length - 1] += `\n${line}`
  }
  return blocks
}
