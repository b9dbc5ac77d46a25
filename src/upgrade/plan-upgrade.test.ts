import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInData } from './data/index.js'
import { exampleInventory, type ExampleNode } from '../../test/kit/example-inventory.js'
import { planDigest } from './fingerprint.js'
import { compareVersions, parseKubeVersion, versionText, type KubeVersion } from './kube-version.js'
import { planUpgrade, type PlanOptions } from './plan-upgrade.js'
import { kubeadmFaults, newestServerFor, skewViolations, type SkewComponent } from './skew/index.js'
import type { UpgradePlan } from './upgrade-plan.js'

const data = builtInData()
const plan = (
  nodes: readonly ExampleNode[],
  options: Partial<PlanOptions> & { to: string },
  over = {},
): UpgradePlan => planUpgrade(exampleInventory(nodes, over), data, { rampart: 'test', ...options })

const cp = (name: string, version: string, kubelet = version): ExampleNode => ({
  name,
  server: version,
  kubelet,
})
const worker = (name: string, kubelet: string): ExampleNode => ({ name, kubelet })
const ids = ({ steps }: UpgradePlan): string[] => steps.map(({ id }) => id)

describe('planUpgrade', () => {
  it('goes one minor after another and drains workers once where the policy allows it', () => {
    const made = plan([cp('cp-1', 'v1.34.4'), worker('w-1', 'v1.34.4')], { to: '1.37' })
    expect(
      made.hops.map(({ minor, version, kind, visits, left }) => [minor, version, kind, visits, left]),
    ).toEqual([
      ['1.35', 'v1.35.9', 'minor', 0, 1],
      ['1.36', 'v1.36.4', 'minor', 0, 1],
      ['1.37', 'v1.37.2', 'minor', 1, 0],
    ])
    expect(ids(made).filter((id) => id.endsWith('w-1/drain'))).toEqual(['1.37/w-1/drain'])
    expect([made.from, made.to]).toEqual(['v1.34.4', 'v1.37.2'])
  })

  describe('what kubeadm is told', () => {
    const nodes = [cp('a', 'v1.35.9'), cp('b', 'v1.35.9'), worker('w', 'v1.35.9')]
    const told = (options: Partial<PlanOptions>): string[] =>
      plan(nodes, { to: '1.36', ...options }).steps.flatMap(({ node, commands }) =>
        commands.flatMap((command) => {
          const line = 'run' in command ? command.run.join(' ') : ''
          return line.startsWith('kubeadm upgrade')
            ? [`${node}: ${line.slice('kubeadm upgrade '.length)}`]
            : []
        }),
      )

    it.each<[string, Partial<PlanOptions>, string[]]>([
      ['nothing', {}, ['a: plan v1.36.4', 'a: apply v1.36.4 --yes', 'b: node', 'w: node']],
      [
        'patches of control planes: neither plan nor workers have them',
        { patches: '/etc/kubernetes/patches/' },
        [
          'a: plan v1.36.4',
          'a: apply v1.36.4 --yes --patches=/etc/kubernetes/patches',
          'b: node --patches=/etc/kubernetes/patches',
          'w: node',
        ],
      ],
      [
        'patches of workers',
        { workerPatches: '/srv/patches' },
        ['a: plan v1.36.4', 'a: apply v1.36.4 --yes', 'b: node', 'w: node --patches=/srv/patches'],
      ],
      [
        'checks that only warn, each once',
        { ignorePreflightErrors: ['SystemVerification', 'Port-10250', 'SystemVerification'] },
        [
          'a: plan v1.36.4 --ignore-preflight-errors=SystemVerification,Port-10250',
          'a: apply v1.36.4 --yes --ignore-preflight-errors=SystemVerification,Port-10250',
          'b: node --ignore-preflight-errors=SystemVerification,Port-10250',
          'w: node --ignore-preflight-errors=SystemVerification,Port-10250',
        ],
      ],
    ])('%s', (_name, options, expected) => {
      expect(told(options)).toEqual(expected)
    })

    it('is kept in the plan, and left out where it is nothing', () => {
      const made = plan(nodes, { to: '1.36', patches: '/p', ignorePreflightErrors: ['Swap'] })
      expect(made.settings.kubeadm).toEqual({ patches: '/p', ignorePreflightErrors: ['Swap'] })
      expect(plan(nodes, { to: '1.36', ignorePreflightErrors: [] }).settings).not.toHaveProperty('kubeadm')
    })

    it.each<[string, Partial<PlanOptions>, RegExp]>([
      ['that no patches are named', {}, /does not store where its patches are, and none are named/],
      ['where patches are', { patches: '/p' }, /control-plane node has its patches in \/p:/],
      ['that workers have none', { patches: '/p' }, /Workers are given no patches/],
      ['where those of workers are', { workerPatches: '/w' }, /worker has its patches in \/w:/],
      ['what is overlooked', { ignorePreflightErrors: ['Swap'] }, /only warns where these .*: Swap\./],
    ])('the notes say %s', (_name, options, form) => {
      expect(plan(nodes, { to: '1.36', ...options }).notes.join('\n')).toMatch(form)
    })

    it('the notes say nothing of workers that are replaced', () => {
      const made = plan(nodes, { to: '1.36', patches: '/p', replaceCommand: './new' })
      expect(made.notes.join('\n')).not.toContain('Workers are given no patches')
    })

    it.each<[string, Partial<PlanOptions>, RegExp]>([
      ['all', { ignorePreflightErrors: ['All'] }, /`all` would also hide failures/],
      ['an empty name', { ignorePreflightErrors: ['Swap', ''] }, /`` is no name of a check/],
      ['a name with a blank', { ignorePreflightErrors: ['Swap Mem'] }, /is no name of a check/],
      ['a flag', { ignorePreflightErrors: ['--config'] }, /is no name of a check/],
      ['words of a shell', { ignorePreflightErrors: ['a;reboot'] }, /is no name of a check/],
      ['a folder from here', { patches: 'patches' }, /--patches: `patches` is no absolute path/],
      ['a folder above', { workerPatches: '/a/../b' }, /--worker-patches: .* is no absolute path/],
    ])('%s is refused', (_name, options, form) => {
      expect(() => plan(nodes, { to: '1.36', ...options })).toThrow(form)
    })
  })

  it('visits workers each time when asked to', () => {
    const made = plan([cp('cp-1', 'v1.34.4'), worker('w-1', 'v1.34.4')], { to: '1.37', conservative: true })
    expect(ids(made).filter((id) => id.endsWith('w-1/drain'))).toHaveLength(3)
  })

  it('has the order of kubeadm within a minor, kubelets after every API server', () => {
    const made = plan([cp('b', 'v1.35.9'), cp('a', 'v1.35.9'), worker('w', 'v1.35.9')], { to: '1.36' })
    expect(ids(made)).toEqual([
      'begin/health-gate',
      '1.36/a/backup',
      '1.36/a/etcd-snapshot',
      '1.36/b/backup',
      '1.36/a/repository',
      '1.36/a/install-kubeadm',
      '1.36/a/kubeadm-plan',
      '1.36/a/kubeadm-apply',
      '1.36/a/control-plane/health-gate',
      '1.36/b/repository',
      '1.36/b/install-kubeadm',
      '1.36/b/kubeadm-node',
      '1.36/b/control-plane/health-gate',
      '1.36/control-plane/health-gate',
      ...['a', 'b'].flatMap((node) =>
        ['drain', 'install-kubelet', 'restart-kubelet', 'uncordon', 'health-gate'].map(
          (action) => `1.36/${node}/${action}`,
        ),
      ),
      ...[
        'repository',
        'install-kubeadm',
        'kubeadm-node',
        'drain',
        'install-kubelet',
        'restart-kubelet',
        'uncordon',
        'health-gate',
      ].map((action) => `1.36/w/${action}`),
    ])
    const apply = made.steps.find(({ action }) => action === 'kubeadm-apply')
    expect(apply?.pointOfNoReturn).toContain('no way back to v1.35')
  })

  it('leaves pods alone for a patch', () => {
    const made = plan([cp('a', 'v1.36.1'), worker('w', 'v1.36.1')], { to: '1.36.4' })
    expect(made.steps.filter(({ action }) => action === 'drain' || action === 'repository')).toEqual([])
    expect(made.steps.find(({ action }) => action === 'kubeadm-apply')?.pointOfNoReturn).toBeUndefined()
    expect(ids(made)).toContain('v1.36.4/w/restart-kubelet')
  })

  it('says first what was not read', () => {
    const gaps = [{ known: false, reason: 'no-source', detail: 'only hosts were read' }] as const
    const made = plan([cp('a', 'v1.35.9')], { to: '1.36' }, { gaps })
    expect(made.notes[0]).toContain('only hosts were read')
  })

  it('has no steps where everything is there', () => {
    expect(plan([cp('a', 'v1.36.4'), worker('w', 'v1.36.4')], { to: '1.36.4' }).steps).toEqual([])
  })

  it('finishes an upgrade that was begun, from the node that is farthest', () => {
    const made = plan([cp('a', 'v1.35.9'), cp('b', 'v1.36.4', 'v1.35.9'), worker('w', 'v1.35.9')], {
      to: '1.36',
    })
    expect(made.steps.filter(({ action }) => action === 'kubeadm-apply')).toEqual([])
    expect(made.nodes[0]).toMatchObject({ name: 'b', role: 'first-control-plane' })
    expect(ids(made)).toContain('1.36/a/kubeadm-node')
    expect(ids(made)).not.toContain('1.36/b/kubeadm-node')
    expect(ids(made)).toContain('1.36/b/install-kubelet')
  })

  it('lets a fleet that is three minors back catch up first', () => {
    const made = plan([cp('a', 'v1.36.2'), worker('w', 'v1.33.5')], { to: '1.37' })
    expect(made.hops.map(({ kind, version }) => `${kind} ${version}`)).toEqual([
      'catch-up v1.36.2',
      'minor v1.37.2',
    ])
    expect(made.notes.join('\n')).toContain('kubeadm version')
    expect(made.steps.findIndex(({ action }) => action === 'etcd-snapshot')).toBeLessThan(
      made.steps.findIndex(({ action }) => action === 'install-kubelet'),
    )
  })

  it('keeps what was cordoned cordoned', () => {
    const made = plan([cp('a', 'v1.35.9'), { ...worker('w', 'v1.35.9'), over: { cordoned: true } }], {
      to: '1.36',
    })
    expect(ids(made)).not.toContain('1.36/w/uncordon')
    expect(made.notes.join('\n')).toContain('cordoned')
  })

  it('opens what an upgrade that was lost left cordoned', () => {
    const left = { cordoned: true, leftCordoned: true }
    const made = plan(
      [
        cp('a', 'v1.36.2'),
        { ...worker('w', 'v1.35.9'), over: left },
        { ...worker('x', 'v1.36.2'), over: left },
      ],
      { to: '1.36.2' },
    )
    expect(ids(made).slice(-4)).toEqual([
      'v1.36.2/w/uncordon',
      'v1.36.2/w/health-gate',
      'v1.36.2/x/uncordon',
      'v1.36.2/x/health-gate',
    ])
    expect(made.notes.join('\n')).toContain('left these nodes cordoned, and they are opened again: w, x')
  })

  it('opens it even where nothing else is to be done', () => {
    const over = { cordoned: true, leftCordoned: true }
    const made = plan([cp('a', 'v1.36.2'), { ...worker('x', 'v1.36.2'), over }], { to: '1.36.2' })
    expect(ids(made)).toEqual(['begin/health-gate', 'v1.36.2/x/uncordon', 'v1.36.2/x/health-gate'])
  })

  it('replaces workers by the command of the user', () => {
    const made = plan([cp('a', 'v1.34.4'), worker('w', 'v1.34.4')], {
      to: '1.36',
      replaceCommand: './new-node',
    })
    const own = made.steps.filter(({ node }) => node === 'w')
    expect(own.map(({ action }) => action)).toEqual(['replace-node', 'drain', 'remove-node'])
    expect(own[0]?.commands).toEqual([
      {
        run: ['/bin/sh', '-c', './new-node'],
        on: 'here',
        env: { RAMPART_NODE: 'w', RAMPART_VERSION: 'v1.36.4' },
      },
    ])
  })

  it.each([
    ['apt', 'kubeadm=1.36.4-*'],
    ['dnf', '--disableexcludes=kubernetes'],
    ['dnf5', '--setopt=disable_excludes=kubernetes'],
  ] as const)('speaks %s', (packages, word) => {
    const made = plan([{ ...cp('a', 'v1.35.9'), over: { packages } }], { to: '1.36' })
    const install = made.steps.find(({ action }) => action === 'install-kubeadm')
    expect(JSON.stringify(install?.commands)).toContain(word)
  })

  it('holds and unholds with apt, and writes the repository of the minor', () => {
    const { steps } = plan([cp('a', 'v1.35.9')], { to: '1.36' })
    const commands = steps.find(({ action }) => action === 'install-kubelet')?.commands ?? []
    expect(commands.map((command) => ('run' in command ? command.run.join(' ') : ''))).toEqual([
      'apt-mark unhold kubelet kubectl',
      'apt-get update',
      'apt-get install -y kubelet=1.36.4-* kubectl=1.36.4-*',
      'apt-mark hold kubelet kubectl',
    ])
    expect(JSON.stringify(steps.find(({ action }) => action === 'repository')?.commands)).toContain(
      'https://pkgs.k8s.io/core:/stable:/v1.36/deb/ /',
    )
  })

  it.each<[string, readonly ExampleNode[], Partial<PlanOptions> & { to: string }, RegExp]>([
    ['no version', [cp('a', 'v1.36.2')], { to: 'latest' }, /--to: `latest` is no version/],
    ['a pre-release', [cp('a', 'v1.36.2')], { to: '1.37.0-rc.1' }, /is no release/],
    [
      'a minor that the data do not know',
      [cp('a', 'v1.36.2')],
      { to: '1.38' },
      /1\.38 is not among .* 1\.16 to 1\.37/,
    ],
    ['a downgrade of a minor', [cp('a', 'v1.36.2')], { to: '1.35' }, /kubeadm supports no downgrade/],
    [
      'a downgrade of a patch',
      [cp('a', 'v1.36.2')],
      { to: '1.36.1' },
      /older than the API server's v1\.36\.2/,
    ],
    [
      'back out of an upgrade that was begun',
      [cp('a', 'v1.36.2'), cp('b', 'v1.35.1')],
      { to: '1.35.9' },
      /finished, not taken back/,
    ],
    ['API servers two apart', [cp('a', 'v1.36.2'), cp('b', 'v1.34.1')], { to: '1.37' }, /within one minor/],
    [
      'a kubelet that is newer than the target',
      [cp('a', 'v1.35.2'), worker('w', 'v1.37.1')],
      { to: '1.36' },
      /w \(v1\.37\.1\)/,
    ],
    [
      'a kubelet of another build',
      [cp('a', 'v1.35.2'), worker('w', 'unknown')],
      { to: '1.36' },
      /`unknown` .* no version/,
    ],
    ['no control plane', [worker('w', 'v1.35.2')], { to: '1.36' }, /no node with an API server/],
    ['a first node that is none', [cp('a', 'v1.35.2')], { to: '1.36', first: 'b' }, /--first: `b`/],
    [
      'a patch that is not on the way',
      [cp('a', 'v1.35.2')],
      { to: '1.36', via: ['1.34.1'] },
      /not on the way/,
    ],
    ['packages that are gone', [cp('a', 'v1.21.2')], { to: '1.25' }, /no longer published/],
    ['k3s', [cp('a', 'v1.35.2+k3s1')], { to: '1.36' }, /their own installers/],
    ['a name with signs', [cp('a;reboot', 'v1.35.2')], { to: '1.36' }, /cannot be the name of a node/],
  ])('refuses %s', (_name, nodes, options, message) => {
    expect(() => plan(nodes, options)).toThrow(message)
  })

  it('takes a patch that is newer than the data, and says so', () => {
    const made = plan([cp('a', 'v1.36.2')], { to: '1.36.11' })
    expect(made.to).toBe('v1.36.11')
    expect(made.notes.join('\n')).toContain('newer than the newest patch')
  })

  it('knows an edited plan by its digest, whatever the order of keys', () => {
    const made = plan([cp('a', 'v1.35.9')], { to: '1.36' })
    const turned = Object.fromEntries(Object.entries(made).reverse()) as unknown as UpgradePlan
    expect(planDigest(turned)).toBe(made.digest)
    const edited = { ...made, steps: made.steps.slice(1) }
    expect(planDigest(edited)).not.toBe(made.digest)
  })

  it('plans a fleet of 5,000 nodes, each step with its own id', () => {
    const nodes = [
      ...['a', 'b', 'c'].map((name) => cp(name, 'v1.33.9')),
      ...Array.from({ length: 4997 }, (_, at) => worker(`w-${at}`, 'v1.33.9')),
    ]
    const made = plan(nodes, { to: '1.37' })
    expect(new Set(ids(made)).size).toBe(made.steps.length)
  }, 60_000)
})

/** The cluster as the steps leave it, one after another. */
function simulate(
  nodes: readonly ExampleNode[],
  made: UpgradePlan,
): { visits: Map<string, number>; end: SkewComponent[] } {
  const minor = (text: string): number => (parseKubeVersion(text) as KubeVersion).minor
  const state = new Map<string, SkewComponent>()
  const put = (component: string, node: string, value: number): void => {
    state.set(`${component} ${node}`, { component, node, minor: value })
  }
  const servers = nodes.flatMap(({ server }) => (server === undefined ? [] : [minor(server)]))
  let cluster = Math.max(...servers)
  const kubeadm = new Map<string, number>()
  const managed = new Map<string, number>()
  for (const { name, kubelet, server } of nodes) {
    put('kubelet', name, minor(kubelet))
    put('kube-proxy', name, Math.min(...servers))
    for (const component of server === undefined
      ? []
      : ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'])
      put(component, name, minor(server as string))
    // Nobody says which kubeadm a worker had: here it went along with the control plane.
    managed.set(name, server === undefined ? Math.min(...servers) : minor(server))
  }
  const visits = new Map<string, number>()
  const drained = new Set<string>()
  const check = (id: string): void => {
    expect({
      id,
      broken: skewViolations([...state.values()], { controllersReach: 'own' }).map(({ message }) => message),
    }).toEqual({ id, broken: [] })
  }
  check('before')
  for (const { id, node, action, version, role } of made.steps) {
    const to = minor(version)
    if (action === 'install-kubeadm') kubeadm.set(node, to)
    if (action === 'drain') drained.add(node)
    if (action === 'uncordon') drained.delete(node)
    if (action === 'kubeadm-apply' || action === 'kubeadm-node') {
      const faults = kubeadmFaults({
        command: 'upgrade',
        kubeadm: kubeadm.get(node) as number,
        cluster,
        kubelet: (state.get(`kubelet ${node}`) as SkewComponent).minor,
        before: managed.get(node),
      })
      expect({ id, faults }).toEqual({ id, faults: [] })
      managed.set(node, to)
      if (action === 'kubeadm-apply') cluster = to
      if (role !== 'worker') {
        for (const component of ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'])
          put(component, node, to)
        const all = [...state.values()].filter(({ component }) => component === 'kube-apiserver')
        // kubeadm brings kube-proxy along when the last control-plane node is done.
        if (all.every((each) => each.minor === to)) for (const { name } of nodes) put('kube-proxy', name, to)
      }
    }
    if (action === 'restart-kubelet') {
      const before = (state.get(`kubelet ${node}`) as SkewComponent).minor
      if (before !== to) expect({ id, drained: drained.has(node) }).toEqual({ id, drained: true })
      put('kubelet', node, to)
      if (role === 'worker') visits.set(node, (visits.get(node) ?? 0) + 1)
    }
    check(id)
  }
  expect(drained.size).toBe(0)
  return { visits, end: [...state.values()] }
}

/** The least number of visits that brings a kubelet from one minor to another beside API servers that go from `server`. */
function leastVisits(kubelet: number, server: number, target: number): number {
  let best = Infinity
  const go = (at: number, has: number, made: number): void => {
    if (made >= best) return
    if (at === target) {
      best = Math.min(best, has === target ? made : made + 1)
      return
    }
    for (const visit of has === at ? [false] : [true, false]) {
      const next = visit ? at : has
      if (newestServerFor(next) >= at + 1) go(at + 1, next, made + (visit ? 1 : 0))
    }
  }
  go(server, kubelet, 0)
  return best
}

const patchOf = (minor: number): string => `v1.${minor}.1`
const clusters = fc
  .record({ server: fc.integer({ min: 28, max: 36 }), hops: fc.integer({ min: 1, max: 9 }) })
  .chain(({ server, hops }) =>
    fc.record({
      server: fc.constant(server),
      target: fc.constant(Math.min(37, server + hops)),
      begun: fc.nat({ max: 2 }),
      planes: fc.integer({ min: 1, max: 5 }),
      lags: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 6 }),
    }),
  )

describe('the road of any cluster', () => {
  it('breaks no rule at any step, ends at the target, and visits each worker as seldom as the policy permits', () => {
    fc.assert(
      fc.property(clusters, ({ server, target, begun, planes, lags }) => {
        const ahead = begun < planes ? begun : 0
        const nodes: ExampleNode[] = [
          ...Array.from({ length: planes }, (_, at) =>
            cp(`cp-${at}`, patchOf(server + (at < ahead ? 1 : 0)), patchOf(server)),
          ),
          // While API servers are of two minors, the newest bounds what may lag.
          ...lags.map((lag, at) => worker(`w-${at}`, patchOf(server - (ahead > 0 ? Math.min(lag, 2) : lag)))),
        ]
        const made = plan(nodes, { to: `1.${target}` })
        const { visits, end } = simulate(nodes, made)
        for (const { component, node, minor } of end)
          expect(`${component} ${node} ${minor}`).toBe(`${component} ${node} ${target}`)
        for (const { name, kubelet, server: own } of nodes) {
          if (own !== undefined) continue
          const from = (parseKubeVersion(kubelet) as KubeVersion).minor
          expect(`${name} ${visits.get(name)}`).toBe(`${name} ${leastVisits(from, server, target)}`)
        }
      }),
      { numRuns: 150 },
    )
  }, 120_000)

  it('never goes back in any patch', () => {
    fc.assert(
      fc.property(clusters, fc.nat({ max: 20 }), ({ server, target }, patch) => {
        const nodes = [cp('a', `v1.${server}.${patch}`), worker('w', `v1.${server}.${patch}`)]
        const { steps } = plan(nodes, { to: `1.${target}` })
        const has = new Map<string, KubeVersion>()
        for (const { node, action, version } of steps) {
          if (action !== 'install-kubeadm' && action !== 'install-kubelet') continue
          const to = parseKubeVersion(version) as KubeVersion
          const key = `${node} ${action}`
          const before: KubeVersion = has.get(key) ?? { minor: server, patch, suffix: '' }
          expect(compareVersions(to, before), `${key} ${versionText(to)}`).toBeGreaterThanOrEqual(0)
          has.set(key, to)
        }
      }),
    )
  }, 60_000)
})
