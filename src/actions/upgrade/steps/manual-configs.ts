/** A component's configuration that kubeadm cannot bring to the version that it needs. */
interface ManualConfig {
  readonly group: string
  /** The version that is there; `-` where kubeadm does not know it. */
  readonly current: string
  readonly preferred: string
}

/** Kind, and where kubeadm keeps it. Source: kubernetes v1.36.3 cmd/kubeadm/app/componentconfigs and constants/constants.go. */
const KEPT: ReadonlyMap<string, readonly [kind: string, place: string]> = new Map([
  ['kubelet.config.k8s.io', ['KubeletConfiguration', 'ConfigMap kube-system/kubelet-config, key kubelet']],
  [
    'kubeproxy.config.k8s.io',
    ['KubeProxyConfiguration', 'ConfigMap kube-system/kube-proxy, key config.conf'],
  ],
])

/**
 * Why an upgrade may not go on after `kubeadm upgrade plan`, where a configuration must first be changed by hand. Some kubeadms
 * say so in their last table and end with 0; those of 1.31 to 1.37 have the table, and end with an error instead. Takes what it
 * printed, or the end of that; undefined where nothing is in the way.
 */
export function manualConfigs(output: string): string | undefined {
  const told = [...readTable(output), ...readErrors(output)]
  const found = [...new Map(told.map((each) => [each.group, each])).values()]
  return found.length === 0 ? undefined : found.map(sentence).join(' ')
}

function sentence({ group, current, preferred }: ManualConfig): string {
  const [kind, place] = KEPT.get(group) ?? []
  const what = kind === undefined ? `the configuration of ${group}` : `${kind} (${place})`
  const version = current === '-' ? 'of a version that it does not know' : `${group}/${current}`
  const defaults =
    kind === undefined
      ? 'take its defaults'
      : `take its defaults (\`kubeadm config print init-defaults --component-configs ${kind}\`)`
  return `kubeadm cannot upgrade ${what} by itself: it is ${version}. Write it there as ${group}/${preferred} by hand, or ${defaults}, then go on.`
}

/** Source: kubernetes v1.31.14 to v1.37.2 cmd/kubeadm/app/componentconfigs/utils.go, UnsupportedConfigVersionError. */
function readErrors(output: string): ManualConfig[] {
  const form =
    /unsupported apiVersion "([^"/\s]{1,200})\/([^"\s]{1,60})", you may have to do manual conversion to "[^"/\s]{1,200}\/([^"\s]{1,60})"/g
  return [...output.matchAll(form)].map(([, group = '', current = '', preferred = '']) => ({
    group,
    current,
    preferred,
  }))
}

/** Source: kubernetes v1.36.3 cmd/kubeadm/app/cmd/upgrade/plan.go, printComponentConfigVersionStates. */
function readTable(output: string): ManualConfig[] {
  const lines = output.split(/\r?\n/)
  const head = lines.findLastIndex((line) => /^API GROUP\s.*\sMANUAL UPGRADE REQUIRED\s*$/.test(line))
  if (head < 0) return []
  return lines.slice(head + 1).flatMap((line) => {
    const [, group, current, preferred] = /^(\S{1,200})\s+(\S{1,60})\s+(\S{1,60})\s+yes\s*$/.exec(line) ?? []
    return group === undefined || current === undefined || preferred === undefined
      ? []
      : [{ group, current, preferred }]
  })
}
