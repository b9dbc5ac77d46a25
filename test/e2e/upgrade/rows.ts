import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { UpgradeEvent, UpgradeOutcome } from '../../../src/actions/upgrade/index.js'
import type { ApiClient } from '../../../src/client/index.js'
import { asList, asString, valueAt, type JsonObject } from '../../../src/model/index.js'
import type { UpgradePlan } from '../../../src/upgrade/index.js'
import type { TestCluster } from '../../cluster/start-cluster.js'
import type { HollowFleet } from './fleet/hollow-fleet.js'
import type { HollowHost } from './fleet/hollow-host.js'
import { clientOf, mostAtOnce, planOf, type Machine } from './scene.js'

/** What the rows work on, one after another. */
export interface Stage {
  readonly cluster: TestCluster
  readonly client: ApiClient
  readonly fleet: HollowFleet
  readonly folder: string
  readonly first: Machine
  readonly second: Machine
  /** What a row leaves for a later one. */
  readonly kept: Map<string, unknown>
}

export interface Row {
  readonly name: string
  readonly run: (stage: Stage) => Promise<void>
}

const LEASE = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/rampart-upgrade'
const BUDGET = '/apis/policy/v1/namespaces/shop/poddisruptionbudgets/front'
const TO = '1.37'

export const ROWS: readonly Row[] = [
  {
    name: 'a dry run prints every step and changes nothing',
    async run(stage) {
      const { fleet, client, first, cluster } = stage
      await fleet.until('the pods of the shop run', async () => (await runningPods(client)) >= 12)
      await fleet.until('the budgets allow evictions', async () => (await allowed(client)) > 0)
      fleet.watching = true
      const plan = await planOf(client, { to: TO, maxUnavailable: 2 })
      stage.kept.set('plan', plan)
      const { out, status } = await rampart(stage, [
        'apply',
        first.save(plan),
        '--dry-run',
        '--kubeconfig',
        cluster.kubeconfig,
      ])
      assert.equal(status, 0, out)
      for (const text of [
        `kubeadm upgrade apply ${plan.to} --yes`,
        'no way back from here',
        '10 nodes, 2 at a time',
        'ssh root@w-10',
      ]) {
        assert.ok(out.includes(text), `\`${text}\` is missing in:\n${out.slice(0, 2000)}`)
      }
      assert.deepEqual(logs(stage), {})
      assert.equal(await leaseHolder(client), undefined)
    },
  },
  {
    name: 'an edited plan is refused before anything is asked',
    async run(stage) {
      const plan = structuredClone(planKept(stage)) as unknown as { steps: { commands: unknown[] }[] }
      const step = plan.steps.find(({ commands }) => commands.length > 0)
      step?.commands.unshift({ run: ['touch', '/edited'], on: 'node' })
      const file = stage.first.save(plan, 'edited.json')
      const { out, status } = await rampart(stage, ['apply', file, '--kubeconfig', stage.cluster.kubeconfig])
      assert.equal(status, 2, out)
      assert.match(out, /it was changed since it was made/)
    },
  },
  {
    name: 'a node that was added since the plan is named, and nothing begins',
    async run(stage) {
      const { fleet, client, first } = stage
      await fleet.addNode('w-new', false)
      await assert.rejects(
        first.apply({ plan: planKept(stage) }),
        /changed under the plan: the node w-new \(v1\.36\.3\) was added/,
      )
      fleet.forget('w-new')
      await client.sendJson('/api/v1/nodes/w-new', {}, { method: 'DELETE' })
      assert.equal(await leaseHolder(client), undefined)
    },
  },
  {
    name: 'stopped before the control plane was touched, abort puts everything back',
    async run(stage) {
      const { fleet, client, first } = stage
      const host = fleet.host('cp-1')
      host.trouble('fail', 'kubeadm upgrade plan')
      const { outcome } = await first.apply({ plan: planKept(stage) })
      stoppedAt(outcome, '1.37/cp-1/kubeadm-plan', /ended with status 100.*fails, as the test wants/)
      assert.equal(host.read('state/kubeadm'), planKept(stage).to.slice(1))
      const back = await first.abort()
      assert.deepEqual(back, { kind: 'put-back', left: [] })
      assert.equal(host.read('state/kubeadm'), '1.36.3')
      assert.match(host.read('etc/apt/sources.list.d/kubernetes.list'), /v1\.36\/deb/)
      assert.equal(await leaseHolder(client), undefined)
      for (const each of fleet.hosts.values()) each.write('state/log', '')
    },
  },
  {
    name: 'a connection that is lost in the middle of kubeadm upgrade apply repeats nothing; kubeadm that fails on the second control plane stops',
    async run(stage) {
      const { fleet, first } = stage
      const [one, two] = [fleet.host('cp-1'), fleet.host('cp-2')]
      one.trouble('hang', 'kubeadm upgrade apply')
      two.trouble('fail', 'kubeadm upgrade node')
      let second: unknown
      const { outcome, run } = await first.apply({
        plan: planKept(stage),
        on: (event) => {
          if (event.type !== 'step' || event.kind !== 'acting' || event.step !== '1.37/cp-1/kubeadm-apply')
            return
          void (async () => {
            await fleet.until('kubeadm hangs', () =>
              one.log.some((line) => line.startsWith('kubeadm upgrade apply')),
            )
            second = await first.apply({ plan: planKept(stage) }).catch((error: unknown) => error)
            one.lose = { calls: 3, when: 'before' }
            await fleet.until('the host was lost', () => one.lose?.calls === 0)
            one.release()
          })()
        },
      })
      stoppedAt(outcome, '1.37/cp-2/kubeadm-node', /status 100/)
      stage.kept.set('run', run)
      assert.ok(second instanceof Error && /is at work \(process \d+/.test(second.message), String(second))
      assert.equal(one.log.filter((line) => line.startsWith('kubeadm upgrade apply')).length, 1)
      assert.deepEqual(
        fleet.host('cp-3').log.filter((line) => line.startsWith('kubeadm')),
        [],
      )
      assert.ok(
        outcome.kind === 'stopped' &&
          outcome.nodes.some((node) => node.startsWith('cp-2: open for pods; Ready')),
      )
    },
  },
  {
    name: 'another machine is told who upgrades, where his journal is, and that --take-over exists',
    async run(stage) {
      const { first, second } = stage
      const plan = await planOf(stage.client, { to: TO })
      await assert.rejects(second.apply({ plan }), (error: Error) => {
        assert.match(
          error.message,
          /the upgrade \S+ of the machine "ops-1" is not finished, in the middle of|is not finished/,
        )
        assert.ok(error.message.includes(path.join(first.state, 'runs', runKept(stage))), error.message)
        assert.match(error.message, /--take-over/)
        return true
      })
    },
  },
  {
    name: 'goes on with a journal whose last line was cut in half; a budget that allows nothing stops the drain, and the node is opened again',
    async run(stage) {
      const { fleet, first, client } = stage
      const journal = path.join(first.state, 'runs', runKept(stage), 'journal')
      truncateSync(journal, readFileSync(journal).length - 40)
      await client.sendJson(BUDGET, { spec: { minAvailable: 2 } }, mergePatch)
      await fleet.until('the budget allows nothing', async () => (await allowed(client)) === 0)
      const { outcome } = await first.apply()
      assert.equal(outcome.kind, 'stopped')
      if (outcome.kind !== 'stopped') return
      assert.match(outcome.step, /^1\.37\/w-[12]\/drain$/)
      assert.match(outcome.reason, /was not drained/)
      const node = outcome.step.split('/')[1] ?? ''
      assert.equal(
        valueAt(await client.getJson(`/api/v1/nodes/${node}`), ['spec', 'unschedulable']),
        undefined,
      )
      assert.ok(
        outcome.nodes.some((each) => each.startsWith(`${node}: uncordoned again`)),
        outcome.nodes.join('\n'),
      )
      // The step that failed before the cut is the one that was done twice.
      assert.equal(fleet.host('cp-2').log.filter((line) => line === 'kubeadm upgrade node').length, 2)
      for (const name of ['cp-1', 'cp-2', 'cp-3']) assert.equal(fleet.host(name).running, planKept(stage).to)
      await client.sendJson(BUDGET, { spec: { minAvailable: 1 } }, mergePatch)
      await fleet.until('the budget allows again', async () => (await allowed(client)) > 0)
    },
  },
  {
    name: 'a journal that is damaged in the middle is refused with its line, and left as it is',
    async run(stage) {
      const journal = path.join(stage.first.state, 'runs', runKept(stage), 'journal')
      copyFileSync(journal, `${journal}.good`)
      const lines = readFileSync(journal, 'utf8').split('\n')
      lines[4] = (lines[4] ?? '').replace('"kind"', '"kinb"')
      const damaged = lines.join('\n')
      writeFileSync(journal, damaged)
      await assert.rejects(stage.first.apply(), /journal:5: the journal is damaged here/)
      assert.equal(readFileSync(journal, 'utf8'), damaged)
      copyFileSync(`${journal}.good`, journal)
    },
  },
  {
    name: 'paused from another terminal, it stops between two steps, is not gone on with by apply, and is by resume',
    async run(stage) {
      const { first } = stage
      let pausing: Promise<{ out: string; status: number }> | undefined
      const { outcome } = await first.apply({
        on: (event) => {
          if (isStep(event, 'checked', /^1\.37\/w-1\/uncordon$/)) pausing ??= rampart(stage, ['pause'])
        },
      })
      assert.deepEqual(outcome, { kind: 'paused' })
      const { out, status } = (await pausing) ?? { out: 'it was not paused', status: -1 }
      assert.equal(status, 0, out)
      await assert.rejects(first.apply(), /is paused: rampart upgrade resume/)
    },
  },
  {
    name: 'pods that begin to fail close the gate behind a node; once they run it goes on',
    async run(stage) {
      const { fleet, first } = stage
      const { outcome } = await first.apply({
        resume: true,
        limits: { gate: 6000 },
        on: (event) => {
          if (isStep(event, 'acting', /^1\.37\/w-\d+\/restart-kubelet$/)) fleet.crashing.add('shop/lone')
        },
      })
      assert.equal(outcome.kind, 'stopped')
      if (outcome.kind !== 'stopped') return
      assert.match(outcome.step, /health-gate$/)
      assert.match(outcome.reason, /the pod shop\/lone-\S+ fails since the upgrade began: CrashLoopBackOff/)
      fleet.crashing.clear()
    },
  },
  {
    name: 'apt that hangs is left alone and named; going on waits for the same process',
    async run(stage) {
      const { fleet, first } = stage
      const host = untouchedWorker(fleet)
      host.trouble('hang', 'apt-get install -y kubelet')
      const { outcome } = await first.apply({ limits: { packages: 3000 } })
      stoppedAt(
        outcome,
        `1.37/${host.name}/install-kubelet`,
        /the command still runs \(process \d+\).*kill -- -\d+/,
      )
      assert.ok(
        outcome.kind === 'stopped' && outcome.nodes.some((node) => node.startsWith(`${host.name}: cordoned`)),
      )
      host.release()
    },
  },
  {
    name: 'rights that are withdrawn in the middle stop it with the server’s words, and given again it goes on',
    async run(stage) {
      const { cluster, client, first } = stage
      const bindings = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings'
      const bind = (): Promise<JsonObject> => client.sendJson(bindings, BINDING)
      await bind()
      const operator = await clientOf(await cluster.kubeconfigFor('operator'))
      let withdrawn: Promise<unknown> | undefined
      try {
        const { outcome } = await first.apply({
          client: operator,
          on: (event) => {
            // Its node is new and still closed: whoever goes on has to open it.
            if (isStep(event, 'checked', /^1\.37\/w-\d+\/restart-kubelet$/)) {
              withdrawn ??= client.sendJson(`${bindings}/upgrade-operator`, {}, { method: 'DELETE' })
            }
          },
        })
        assert.ok(withdrawn !== undefined, 'every node was done before')
        await withdrawn
        assert.equal(outcome.kind, 'stopped')
        assert.ok(
          outcome.kind === 'stopped' && /403 Forbidden|forbidden/i.test(outcome.reason),
          JSON.stringify(outcome),
        )
      } finally {
        operator.close()
      }
    },
  },
  {
    name: 'what ran so far: one control plane at a time, two workers away at most, no budget broken, nothing done twice',
    run(stage) {
      const { fleet, first } = stage
      const work = /^(kubeadm-apply|kubeadm-node|drain|install-kubelet|restart-kubelet|uncordon)$/
      assert.equal(
        mostAtOnce(first.events, (node) => node.startsWith('cp-'), work),
        1,
      )
      assert.ok(fleet.mostClosed <= 2, `${fleet.mostClosed} workers were closed at once`)
      assert.ok(fleet.mostClosed === 2, 'no two workers were ever done beside each other')
      assert.deepEqual([...fleet.brokenBudgets], [])
      for (const [name, lines] of Object.entries(logs(stage))) {
        const changes = lines.filter((line) =>
          /^(apt-get install|kubeadm upgrade (apply|node)|systemctl restart)/.test(line),
        )
        const twice = changes.filter((line, at) => changes.indexOf(line) !== at)
        // Each was made to fail once by the test.
        const meant = name === 'cp-2' ? ['kubeadm upgrade node'] : []
        assert.deepEqual(twice, meant, `${name}: ${changes.join(' | ')}`)
      }
      return Promise.resolve()
    },
  },
  {
    name: 'a machine that is lost: another one takes over with a plan of the cluster as it is, and replaces the nodes that are left',
    async run(stage) {
      const { fleet, client, first, second, folder } = stage
      // Without rights it could not even say that it stopped: until its Lease ends it counts as at work.
      await assert.rejects(
        second.apply({
          plan: await planOf(client, { to: TO }),
          client: saying(client, planKept(stage).to),
          takeOver: true,
        }),
        /upgrades this cluster .*Its Lease holds until/,
      )
      assert.deepEqual((await first.apply({ stopping: () => true })).outcome, { kind: 'paused' })
      const old = await oldWorkers(client, planKept(stage).to)
      assert.ok(old.length >= 1 && old.length <= 6, `left: ${old.join(', ')}`)
      const made = path.join(folder, 'made')
      const plan = await planOf(client, {
        to: TO,
        replaceCommand: `echo "$RAMPART_NODE $RAMPART_VERSION" >>${made}`,
      })
      assert.deepEqual([...new Set(plan.steps.map(({ action }) => action))].includes('replace-node'), true)
      // The API server of the test is what it is; that it was upgraded is said for it.
      const upgraded = saying(client, plan.from)
      await assert.rejects(second.apply({ plan, client: upgraded }), /--take-over/)
      const making = setInterval(() => {
        for (const line of existsSync(made) ? readFileSync(made, 'utf8').trim().split('\n') : []) {
          const [node = '', version = ''] = line.split(' ')
          const name = `${node}-new`
          if (!fleet.hosts.has(name) && version !== '') void fleet.addNode(name, false, version.slice(1))
        }
      }, 500)
      const watch = setInterval(() => {
        void oldWorkers(client, '').then((names) => {
          for (const name of old) if (!names.includes(name)) fleet.forget(name)
        })
      }, 1000)
      try {
        const { outcome } = await second.apply({ plan, client: upgraded, takeOver: true })
        assert.deepEqual(outcome, { kind: 'done' })
      } finally {
        clearInterval(making)
        clearInterval(watch)
      }
      assert.deepEqual(
        readFileSync(made, 'utf8').trim().split('\n').sort(),
        old.map((name) => `${name} ${plan.to}`).sort(),
      )
      assert.deepEqual(await oldWorkers(client, plan.to), [])
    },
  },
  {
    name: 'at the end every node has the version and is open, the Lease is free, the report says what was done when',
    async run(stage) {
      const { client, second } = stage
      const nodes = asList((await client.getJson('/api/v1/nodes')).items) as JsonObject[]
      assert.equal(nodes.length, 13)
      for (const node of nodes) {
        const name = asString(valueAt(node, ['metadata', 'name'])) ?? ''
        assert.equal(valueAt(node, ['status', 'nodeInfo', 'kubeletVersion']), planKept(stage).to, name)
        assert.equal(valueAt(node, ['spec', 'unschedulable']), undefined, name)
      }
      assert.equal(await leaseHolder(client), undefined)
      const { out, status } = await rampart(stage, ['report', '-o', 'json'], second.state)
      assert.equal(status, 0, out)
      const report = JSON.parse(out) as {
        outcome: string
        steps: { state: string }[]
        nodes: { seconds: number }[]
      }
      assert.equal(report.outcome, 'done')
      assert.ok(report.steps.every(({ state }) => state === 'checked' || state === 'skipped'))
      assert.ok(report.nodes.length > 0)
    },
  },
]

const mergePatch = { method: 'PATCH', headers: { 'content-type': 'application/merge-patch+json' } }
const BINDING: JsonObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'upgrade-operator' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'operator' }],
}

function planKept(stage: Stage): UpgradePlan {
  return stage.kept.get('plan') as UpgradePlan
}

function runKept(stage: Stage): string {
  return stage.kept.get('run') as string
}

function stoppedAt(outcome: UpgradeOutcome, step: string, reason: RegExp): void {
  assert.equal(outcome.kind, 'stopped', JSON.stringify(outcome))
  if (outcome.kind !== 'stopped') return
  assert.equal(outcome.step, step, outcome.reason)
  assert.match(outcome.reason, reason)
}

function isStep(event: UpgradeEvent, kind: string, step: RegExp): boolean {
  return event.type === 'step' && event.kind === kind && step.test(event.step ?? '')
}

/** The first worker on whose host nothing was done yet. */
function untouchedWorker({ hosts }: HollowFleet): HollowHost {
  const host = [...hosts.values()].find(({ name, log }) => name.startsWith('w-') && log.length === 0)
  assert.ok(host !== undefined, 'every worker was worked on before')
  return host
}

function logs({ fleet }: Stage): Record<string, string[]> {
  const all = [...fleet.hosts].map(([name, host]): [string, string[]] => [name, host.log])
  return Object.fromEntries(all.filter(([, lines]) => lines.length > 0))
}

async function runningPods(client: ApiClient): Promise<number> {
  const pods = asList((await client.getJson('/api/v1/namespaces/shop/pods')).items)
  return pods.filter((pod) => valueAt(pod, ['status', 'phase']) === 'Running').length
}

async function allowed(client: ApiClient): Promise<number> {
  const found = await client.getJson(BUDGET)
  const seen = valueAt(found, ['status', 'observedGeneration']) === valueAt(found, ['metadata', 'generation'])
  return seen ? Number(valueAt(found, ['status', 'disruptionsAllowed'])) : -1
}

/** The same client, whose server says that it is of a version. */
function saying(client: ApiClient, version: string): ApiClient {
  return {
    ...client,
    getJson: (at, ...rest) =>
      at === '/version' ? Promise.resolve({ gitVersion: version }) : client.getJson(at, ...rest),
  }
}

async function leaseHolder(client: ApiClient): Promise<string | undefined> {
  const lease = await client.getJson(LEASE).catch(() => undefined)
  const holder = asString(valueAt(lease, ['spec', 'holderIdentity']))
  return holder === '' ? undefined : holder
}

/** Workers of another version than this one. */
async function oldWorkers(client: ApiClient, version: string): Promise<string[]> {
  const nodes = asList((await client.getJson('/api/v1/nodes')).items) as JsonObject[]
  return nodes
    .filter((node) => valueAt(node, ['status', 'nodeInfo', 'kubeletVersion']) !== version)
    .map((node) => asString(valueAt(node, ['metadata', 'name'])) ?? '')
    .filter((name) => name.startsWith('w-'))
}

/** The command line, as another process of the first machine. */
function rampart(
  { first }: Stage,
  args: readonly string[],
  state = first.state,
): Promise<{ out: string; status: number }> {
  const words = [path.resolve('dist/cli.js'), 'upgrade', ...args, '--state-dir', state]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  child.stdout.on('data', (part: Buffer) => (out += part.toString()))
  child.stderr.on('data', (part: Buffer) => (out += part.toString()))
  return new Promise((resolve) => child.on('close', (status) => resolve({ out, status: status ?? -1 })))
}
