import { minorText, versionText, type KubeVersion } from '../kube-version.js'
import type { PlannedStep } from '../upgrade-plan.js'
import { here, installCommands, onNode } from './node-commands.js'
import { step, type NodeVisit } from './node-visit.js'

/** The kubelet of a node: away with its pods, new packages, restart, back. */
export function kubeletSteps(visit: NodeVisit, options: { readonly drain: boolean }): PlannedStep[] {
  const { node, packages, version, before, closed } = visit
  const text = versionText(version)
  const byHand = packages === 'unknown' ? ' by hand: how its system installs packages is not known' : ''
  return [
    ...(options.drain ? [drainStep(visit)] : []),
    step(visit, 'install-kubelet', {
      title: `Install kubelet and kubectl ${text} on ${node}${byHand}`,
      commands: installCommands(packages, ['kubelet', 'kubectl'], version),
      precondition: options.drain
        ? `${node} is drained: a minor of the kubelet is never changed under running pods`
        : 'the minor stays, so pods may stay',
      check: `\`kubelet --version\` says ${text}`,
      back: `install kubelet and kubectl ${versionText(before)} again: until it is restarted the kubelet of before runs`,
    }),
    step(visit, 'restart-kubelet', {
      title: `Restart the kubelet of ${node}`,
      commands: [onNode(['systemctl', 'daemon-reload']), onNode(['systemctl', 'restart', 'kubelet'])],
      precondition: `kubelet ${text} is installed on ${node}`,
      check: `Node ${node} is Ready with a heartbeat after the restart, and says ${text}`,
      expect: { kubelet: text },
      back: `install kubelet and kubectl ${versionText(before)} again and restart it; the node stays drained until it is Ready`,
    }),
    ...(closed === 'left' || (options.drain && closed === 'no') ? [uncordonStep(visit)] : []),
    healthStep(visit),
  ]
}

/** A node that has its version, and that an earlier upgrade did not come to open. */
export function openSteps(visit: NodeVisit): PlannedStep[] {
  return [uncordonStep(visit), healthStep(visit)]
}

function drainStep(visit: NodeVisit): PlannedStep {
  const { node, settings } = visit
  const { deleteEmptydirData, force } = settings.drain
  return step(visit, 'drain', {
    title: `Drain ${node}`,
    commands: [
      here([
        'kubectl',
        'drain',
        node,
        '--ignore-daemonsets',
        ...(deleteEmptydirData ? ['--delete-emptydir-data'] : []),
        ...(force ? ['--force'] : []),
      ]),
    ],
    precondition: 'budgets allow it, and the other nodes have room for the pods',
    check: `${node} is cordoned, and only pods of DaemonSets and mirror pods are left on it`,
    back: `kubectl uncordon ${node}`,
  })
}

function uncordonStep(visit: NodeVisit): PlannedStep {
  const { node } = visit
  return step(visit, 'uncordon', {
    title: `Let pods on ${node} again`,
    commands: [here(['kubectl', 'uncordon', node])],
    precondition: `Node ${node} is Ready`,
    check: `${node} is schedulable`,
    back: `kubectl cordon ${node}`,
  })
}

/** The gate behind a node whose kubelet is new. */
export function healthStep(visit: NodeVisit): PlannedStep {
  const { node, role, version } = visit
  const text = versionText(version)
  const server =
    role === 'worker' ? '' : ', /readyz of the API servers says ok, every member of etcd is healthy'
  return step(visit, 'health-gate', {
    title: `See that ${node} is well before going on`,
    commands: [here(['kubectl', 'get', 'node', node, '-o', 'wide'])],
    precondition: 'none',
    check: `${node} is Ready as ${text}, its pods of kube-system run${server}, and no pod began to fail`,
    expect: { kubelet: text, ...(role === 'worker' ? {} : { apiserver: text }) },
    back: 'stop here, and mend what the gate names; nothing is undone by itself',
  })
}

/** The gate behind a control-plane node whose kubelet is still that of before. */
export function controlPlaneGate(visit: NodeVisit): PlannedStep {
  const { node, version, before } = visit
  const text = versionText(version)
  return step(
    visit,
    'health-gate',
    {
      title: `See that the control plane of ${node} is well before going on`,
      commands: [
        here(['kubectl', 'get', '--raw', '/readyz?verbose']),
        here([
          'kubectl',
          '-n',
          'kube-system',
          'get',
          'pods',
          '-o',
          'wide',
          `--field-selector=spec.nodeName=${node}`,
        ]),
      ],
      precondition: 'none',
      check: `the API server of ${node} answers as ${text} and is ready, its other pods of kube-system run, every member of etcd is healthy; the kubelet is still ${versionText(before)}`,
      expect: { kubelet: versionText(before), apiserver: text },
      back: 'stop here, and mend what the gate names; nothing is undone by itself',
    },
    'control-plane/',
  )
}

/** Replacement: the user's own command makes a new node, then the old one goes. */
export function replaceSteps(visit: NodeVisit, command: string): PlannedStep[] {
  const { node, version } = visit
  const text = versionText(version)
  return [
    step(visit, 'replace-node', {
      title: `Make a new node of ${text} in place of ${node}`,
      commands: [{ ...here(['/bin/sh', '-c', command]), env: { RAMPART_NODE: node, RAMPART_VERSION: text } }],
      precondition: `kubeadm on the new machine is ${text}, as on the control plane`,
      check: `a Node that was not there before is Ready as ${text}`,
      back: 'delete the new node: the old one still runs everything',
    }),
    drainStep(visit),
    step(visit, 'remove-node', {
      title: `Take ${node} out of the cluster`,
      commands: [here(['kubectl', 'delete', 'node', node])],
      precondition: `${node} is drained, and the new node is Ready`,
      check: `there is no Node ${node}`,
      back: `until its machine is gone, a restart of the kubelet on ${node} registers it again`,
    }),
  ]
}

/** A gate about the whole cluster. */
export function clusterGate(stage: string, version: KubeVersion, when: string, check: string): PlannedStep {
  return {
    id: `${stage}/health-gate`,
    node: '',
    role: 'cluster',
    action: 'health-gate',
    minor: minorText(version.minor),
    version: versionText(version),
    title: when,
    commands: [
      here(['kubectl', 'get', '--raw', '/readyz?verbose']),
      here(['kubectl', 'get', 'nodes', '-o', 'wide']),
      here(['kubectl', '-n', 'kube-system', 'get', 'pods', '-o', 'wide']),
    ],
    precondition: 'none',
    check,
    back: 'stop here, and mend what the gate names; nothing is undone by itself',
  }
}
