import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { manualConfigs } from './manual-configs.js'

const recorded = (name: string): string => readFileSync(`test/fixtures/kubeadm-outputs/${name}`, 'utf8')
const PLAN = recorded('upgrade-plan-1.35.4-to-1.36.3.txt')

/** The recorded plan with another row of its last table. */
const withRow = (group: string, current: string, preferred: string, manual: string): string => {
  const form = new RegExp(`^${group.replaceAll('.', '\\.')} .*$`, 'm')
  expect(PLAN).toMatch(form)
  return PLAN.replace(form, `${group}     ${current}           ${preferred}             ${manual}`)
}

describe('manualConfigs', () => {
  it.each([
    'upgrade-plan-1.35.4-to-1.36.3.txt',
    'upgrade-plan-offline.txt',
    'upgrade-plan-nothing-to-do-1.35.4.txt',
    'upgrade-plan-nothing-to-do-1.36.3.txt',
    'upgrade-plan-no-api-server.txt',
    'upgrade-apply.txt',
  ])('finds nothing in the way in %s, as kubeadm said it', (name) => {
    expect(manualConfigs(recorded(name))).toBeUndefined()
  })

  it('names the kind, its place, both versions and what to do', () => {
    expect(manualConfigs(withRow('kubelet.config.k8s.io', 'v1alpha1', 'v1beta1', 'yes'))).toBe(
      'kubeadm cannot upgrade KubeletConfiguration (ConfigMap kube-system/kubelet-config, key kubelet) by itself: it is kubelet.config.k8s.io/v1alpha1. Write it there as kubelet.config.k8s.io/v1beta1 by hand, or take its defaults (`kubeadm config print init-defaults --component-configs KubeletConfiguration`), then go on.',
    )
  })

  it.each([
    [
      'a version that kubeadm does not know',
      'kubeproxy.config.k8s.io',
      '-',
      /KubeProxyConfiguration .* of a version that it does not know/,
    ],
    ['lines of Windows', 'kubeproxy.config.k8s.io', 'v1alpha0', /v1alpha0/],
  ])('reads %s', (_name, group, current, form) => {
    const output = withRow(group, current, 'v1alpha1', 'yes')
    expect(manualConfigs(output)).toMatch(form)
    expect(manualConfigs(output.replaceAll('\n', '\r\n'))).toMatch(form)
  })

  it('names a group that it does not know, and each of several', () => {
    const output = withRow('kubelet.config.k8s.io', 'v1alpha1', 'v1beta1', 'yes').replace(
      /^kubeproxy.*$/m,
      'dns.config.k8s.io v1 v2 yes',
    )
    expect(manualConfigs(output)).toMatch(/the configuration of dns\.config\.k8s\.io .* KubeletConfiguration/)
  })

  it.each([
    [
      'one',
      'error: [upgrade/config] FATAL: unsupported apiVersion "kubelet.config.k8s.io/v1alpha1", you may have to do manual conversion to "kubelet.config.k8s.io/v1beta1" and run kubeadm again\nTo see the stack trace of this error execute with --v=5 or higher\n',
      /^kubeadm cannot upgrade KubeletConfiguration .* it is kubelet\.config\.k8s\.io\/v1alpha1\. Write it there as kubelet\.config\.k8s\.io\/v1beta1/,
    ],
    [
      'several',
      'multiple unsupported config version errors encountered:\n\t- unsupported apiVersion "kubelet.config.k8s.io/v1alpha1", you may have to do manual conversion to "kubelet.config.k8s.io/v1beta1" and run kubeadm again\n\t- unsupported apiVersion "kubeproxy.config.k8s.io/v1alpha0", you may have to do manual conversion to "kubeproxy.config.k8s.io/v1alpha1" and run kubeadm again\n',
      /KubeletConfiguration .* KubeProxyConfiguration .*v1alpha0/,
    ],
  ])('reads the error of newer kubeadms: %s', (_name, output, form) => {
    expect(manualConfigs(output)).toMatch(form)
  })

  it('has the end of a long output, as hosts give it', () => {
    const output = `${'kubelet   cp-1   v1.35.4   v1.36.3\n'.repeat(500)}${withRow('kubelet.config.k8s.io', 'v1alpha1', 'v1beta1', 'yes')}`
    expect(manualConfigs(output.slice(-4000))).toMatch(/KubeletConfiguration/)
  })

  it.each([
    ['nothing', ''],
    [
      'a yes before the table',
      'kubelet.config.k8s.io v1 v2 yes\nAPI GROUP   CURRENT VERSION   PREFERRED VERSION   MANUAL UPGRADE REQUIRED\n',
    ],
    ['no table', 'kubelet.config.k8s.io v1 v2 yes\n'],
    ['a sentence that ends so', PLAN.replace(/^kubelet\.config.*$/m, 'all of them: would they? yes')],
  ])('is not led astray by %s', (_name, output) => {
    expect(manualConfigs(output)).toBeUndefined()
  })
})
