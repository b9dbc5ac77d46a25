import type { StepState } from '../../journal/index.js'
import type { PlannedStep } from '../../../upgrade/index.js'
import { tagOf, type HostFacts } from './host-facts.js'

const HOLDS: StepState = { holds: true }
const CONTROL_PLANE = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const

/**
 * Whether a host is as a step wants it. Undefined where the host alone cannot tell: then only the end of the step's own
 * command counts.
 */
export function worldCheck(step: PlannedStep, facts: HostFacts): StepState | undefined {
  switch (step.action) {
    case 'install-kubeadm':
      return versionIs('kubeadm', facts.kubeadm, step.version)
    case 'install-kubelet':
      return versionIs('kubelet', facts.kubelet, step.version)
    case 'kubeadm-apply':
    case 'kubeadm-node':
      return step.role === 'worker' ? configuredByKubeadm(step, facts) : manifestsAre(step.version, facts)
    default:
      return undefined
  }
}

/** Whether the host's answer is enough to leave a step alone that was never begun: it can be made so in one act only. */
export function isConclusive(step: PlannedStep): boolean {
  return step.action === 'install-kubeadm' || step.action === 'install-kubelet'
}

function versionIs(program: string, found: string, wanted: string): StepState {
  if (found === wanted) return HOLDS
  return {
    holds: false,
    reason: `${program} is ${found || 'not there, or does not tell its version'}, not ${wanted}`,
  }
}

function configuredByKubeadm(step: PlannedStep, facts: HostFacts): StepState {
  if (facts.kubeadm !== step.version) return versionIs('kubeadm', facts.kubeadm, step.version)
  return facts.configured
    ? HOLDS
    : { holds: false, reason: 'kubeadm has not written /var/lib/kubelet/config.yaml since it was installed' }
}

function manifestsAre(version: string, { images }: HostFacts): StepState {
  const others = CONTROL_PLANE.filter((component) => tagOf(images.get(component) ?? '') !== version)
  if (others.length === 0) return HOLDS
  const found = others.map(
    (component) => `${component} ${tagOf(images.get(component) ?? '') || 'without a manifest'}`,
  )
  return { holds: false, reason: `in /etc/kubernetes/manifests: ${found.join(', ')}, not ${version}` }
}
