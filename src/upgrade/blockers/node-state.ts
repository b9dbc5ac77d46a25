import { asList, asString, field, formatRef, valueAt } from '../../model/index.js'
import { endOfSupport } from '../../runtimes/index.js'
import { kubeletsOf } from '../../effective/index.js'
import type { NodeInventory } from '../inventory/index.js'
import { listed } from '../listed.js'
import type { Blocker, BlockerCheck, BlockerLevel } from './blocker.js'

function about(
  check: string,
  level: BlockerLevel,
  node: string,
  parts: Pick<Blocker, 'message' | 'fix'> & Partial<Blocker>,
): Blocker {
  return { check, level, subject: { kind: 'node', node }, references: [], ...parts }
}

/** Nodes that are not well: an upgrade makes it worse, and cannot tell its own faults from theirs. */
export const nodeNotReady: BlockerCheck = {
  id: 'node-not-ready',
  title: 'A node is not Ready, or under pressure',
  find({ inventory }) {
    return inventory.nodes.flatMap(
      ({ name, role, ready, troubles, cordoned, leftCordoned, object }): Blocker[] => {
        const found: Blocker[] = []
        const fix = `kubectl describe node ${name}; mend it, or take it out of the cluster, before the upgrade`
        if (ready === false) {
          // kubeadm itself refuses while a control-plane node is not. Source: kubernetes v1.36.3 cmd/kubeadm, CheckClusterHealth.
          const message =
            role === 'control-plane'
              ? `control-plane node ${name} is not Ready: kubeadm refuses to begin`
              : `node ${name} is not Ready`
          found.push(about(nodeNotReady.id, 'blocks', name, { message, fix, evidence: 'condition Ready' }))
        } else if (ready === undefined && object !== undefined) {
          found.push(
            about(nodeNotReady.id, 'unknown', name, {
              message: `node ${name} does not say whether it is Ready`,
              fix,
            }),
          )
        }
        for (const trouble of troubles) {
          found.push(
            about(nodeNotReady.id, 'blocks', name, {
              message: `node ${name} is under ${trouble}: pods that other nodes give up find no room there`,
              fix,
              evidence: `condition ${trouble}`,
            }),
          )
        }
        if (cordoned) {
          found.push(
            about(nodeNotReady.id, 'warns', name, {
              message: `node ${name} is cordoned${leftCordoned ? ' by an upgrade that did not end, and is opened when this one comes to it' : ', and stays so'}: its room is missing while others are drained`,
              fix: `kubectl uncordon ${name}, if nothing speaks against it`,
            }),
          )
        }
        return found
      },
    )
  },
}

const CGROUP_V1_ENDS = 35

/** From 1.35 on kubelets refuse version 1 of control groups unless they are told not to. */
export const cgroupV1: BlockerCheck = {
  id: 'cgroup-v1',
  title: 'A node has version 1 of control groups',
  find({ inventory, estate, from, to }) {
    if (to < CGROUP_V1_ENDS || from >= CGROUP_V1_ENDS) return []
    const references = [
      'https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/5573-remove-cgroup-v1',
    ]
    const linux = inventory.nodes.filter(({ os }) => os !== 'windows')
    const old = linux.filter(({ cgroup }) => cgroup === 1)
    const kubelets = old.length === 0 ? [] : kubeletsOf(estate)
    const found = old.map(({ name }): Blocker => {
      const fails = kubelets.find(({ host }) => host === name)?.boolean('failCgroupV1')
      const isTold = fails?.known === true && !fails.value
      return about(cgroupV1.id, isTold ? 'warns' : 'blocks', name, {
        minor: '1.35',
        message: `node ${name} has version 1 of control groups: a kubelet of 1.35 does not start on it, nor does kubeadm go past it${isTold ? ', but for `failCgroupV1: false`' : ''}`,
        fix: 'boot it with version 2 (systemd.unified_cgroup_hierarchy=1), or replace it; to put it off, set `failCgroupV1: false` in ConfigMap kube-system/kubelet-config and pass --ignore-preflight-errors=SystemVerification to kubeadm',
        evidence: '/sys/fs/cgroup',
        references,
      })
    })
    const open = linux.filter(({ cgroup }) => cgroup === undefined).map(({ name }) => name)
    if (open.length === 0) return found
    return [
      ...found,
      {
        check: cgroupV1.id,
        level: 'unknown',
        subject: { kind: 'cluster' },
        minor: '1.35',
        message: `which version of control groups ${listed(open)} have is not told by the API; kubelets of 1.35 refuse version 1`,
        fix: 'see on each node: `stat -fc %T /sys/fs/cgroup` says cgroup2fs for version 2, tmpfs for version 1; or read hosts with --host-root',
        references,
      },
    ]
  },
}

/** KEP-4033: the kubelet of 1.39 refuses containerd 1.x; the two projects test no pair after 1.35. */
const LAST_TESTED = 35
const LAST_WITH_1 = 38

/** Runtimes that the road leaves behind. */
export const containerd1: BlockerCheck = {
  id: 'containerd-1',
  title: 'A node has a container runtime that the way leaves behind',
  find({ inventory, to, now }) {
    const day = new Date(now).toISOString().slice(0, 10)
    const byVersion = new Map<string, NodeInventory[]>()
    for (const node of inventory.nodes) {
      if (node.runtime?.name !== 'containerd') continue
      const { version } = node.runtime
      byVersion.set(version, [...(byVersion.get(version) ?? []), node])
    }
    return [...byVersion].flatMap(([version, nodes]): Blocker[] => {
      const end = endOfSupport(version)
      const isOver = end !== undefined && (end === 'ended' || end < day)
      const isOne = version.startsWith('1.')
      if (!isOne && !isOver) return []
      const ended = isOver
        ? `; its release line gets no fixes since ${end === 'ended' ? 'long ago' : end}`
        : ''
      const message = !isOne
        ? `containerd ${version}${ended.replace(/^;/, ':')}`
        : to > LAST_WITH_1
          ? `containerd ${version}: kubelets after 1.${LAST_WITH_1} do not start beside containerd 1.x${ended}`
          : to > LAST_TESTED
            ? `containerd ${version}: 1.${LAST_TESTED} is the last release that is tested with containerd 1.x, and kubelets after 1.${LAST_WITH_1} refuse it${ended}`
            : `containerd ${version}: kubelets after 1.${LAST_WITH_1} refuse containerd 1.x${ended}`
      const names = nodes.map(({ name }) => name)
      return [
        {
          check: containerd1.id,
          level: isOne && to > LAST_WITH_1 ? 'blocks' : 'warns',
          subject: names.length === 1 ? { kind: 'node', node: names[0] ?? '' } : { kind: 'cluster' },
          message: `${message} (${listed(names)})`,
          fix: isOne
            ? 'bring containerd to 2.x while the node is drained for its kubelet; `containerd config migrate` rewrites its configuration'
            : 'bring containerd to a release line that gets fixes while the node is drained for its kubelet',
          evidence: 'status.nodeInfo.containerRuntimeVersion',
          references: [
            'https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/4033-group-driver-detection-over-cri',
          ],
        },
      ]
    })
  },
}

/** Requests for certificates that nobody decided: kubelets that wait for theirs do not become Ready again. */
export const csrPending: BlockerCheck = {
  id: 'csr-pending',
  title: 'A request for a certificate waits for an answer',
  find({ index }) {
    return index.ofKind('certificates.k8s.io', 'CertificateSigningRequest').flatMap((object): Blocker[] => {
      if (object.source === 'manifest') return []
      const conditions = asList(valueAt(object.content, ['status', 'conditions'])).map((each) =>
        asString(field(each, 'type')),
      )
      if (conditions.length > 0 || asString(valueAt(object.content, ['status', 'certificate'])) !== undefined)
        return []
      const signer = asString(valueAt(object.content, ['spec', 'signerName'])) ?? 'unknown'
      const user = asString(valueAt(object.content, ['spec', 'username'])) ?? 'unknown'
      const ofKubelet = /^kubernetes\.io\/(?:kubelet-serving|kube-apiserver-client-kubelet)$/.test(signer)
      return [
        {
          check: csrPending.id,
          level: 'warns',
          subject: { kind: 'object', object: object.ref },
          message: `${formatRef(object.ref)} of ${user} for ${signer} is neither approved nor denied${ofKubelet ? ': a kubelet that is restarted without its certificate cannot be asked for logs, exec and metrics, or not join at all' : ''}`,
          fix: `see what it asks for (kubectl describe csr ${object.ref.name}), then kubectl certificate approve or deny it`,
          references: [
            'https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/',
          ],
        },
      ]
    })
  },
}
