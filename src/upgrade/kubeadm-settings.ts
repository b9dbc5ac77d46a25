import { RampartError } from '../model/index.js'
import type { KubeadmSettings, UpgradePlan } from './upgrade-plan.js'

/**
 * What kubeadm is told, checked: these words stand in commands that run as root. Throws RampartError for what is no folder
 * and for what can be no name of a check.
 */
export function kubeadmSettings({
  patches,
  workerPatches,
  ignorePreflightErrors: given = [],
}: KubeadmSettings): Pick<UpgradePlan['settings'], 'kubeadm'> {
  const ignored = [...new Set(given)]
  for (const name of ignored) refuseName(name)
  const kubeadm: KubeadmSettings = {
    ...(patches === undefined ? {} : { patches: folder('--patches', patches) }),
    ...(workerPatches === undefined ? {} : { workerPatches: folder('--worker-patches', workerPatches) }),
    ...(ignored.length === 0 ? {} : { ignorePreflightErrors: ignored }),
  }
  return Object.keys(kubeadm).length === 0 ? {} : { kubeadm }
}

function folder(option: string, text: string): string {
  if (!/^\/[\w./-]{1,300}$/.test(text) || text.split('/').includes('..')) {
    throw new RampartError('usage', `${option}: \`${text}\` is no absolute path of plain signs`)
  }
  return text.replace(/\/+$/, '') || '/'
}

/**
 * Names of checks are words like `SystemVerification`, `Port-10250` or `FileAvailable--etc-kubernetes-kubelet.conf`.
 * Source: kubernetes v1.36.3 cmd/kubeadm/app/preflight/checks.go, the Name of each; case does not matter.
 */
function refuseName(name: string): void {
  const option = '--ignore-preflight-errors'
  if (name.toLowerCase() === 'all') {
    throw new RampartError(
      'usage',
      `${option}: \`all\` would also hide failures that nobody has seen yet, on every node; name those that kubeadm prints: [ERROR NAME]`,
    )
  }
  if (!/^[A-Za-z][\w.-]{0,200}$/.test(name)) {
    throw new RampartError(
      'usage',
      `${option}: \`${name.slice(0, 80)}\` is no name of a check; kubeadm prints it as [ERROR NAME], for example SystemVerification`,
    )
  }
}
