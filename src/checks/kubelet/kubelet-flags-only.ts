import { defineCheck } from '../define-check.js'
import { settingEvidence } from '../judge-setting.js'
import { cis, kubernetesDocs } from '../references.js'
import { kubeletWith, kubeletWithFlags } from './example-kubelet.js'
import { advice } from '../precondition.js'
import type { ComponentSubject } from '../define-check.js'
import type { Setting } from '../../model/index.js'

const UNSAFE = ['authentication.anonymous.enabled', 'authorization.mode', 'readOnlyPort']

function settingOf(kubelet: ComponentSubject, name: string): Setting | undefined {
  return kubelet.config.settings.find((setting) => setting.setting === name)
}

export const kubeletFlagsOnly = defineCheck({
  id: 'kubelet-flags-only',
  title: 'The kubelet runs without a configuration file and keeps unsafe flag defaults',
  severity: 'high',
  because:
    'the defaults without a file are open; info in a finding, since each default that stands is counted by its own check',
  reach: 'unauthenticated',
  appliesTo: 'kubelet',
  why: 'Without --config the kubelet does not use the safe defaults of KubeletConfiguration: anonymous access is on, authorization is AlwaysAllow, port 10255 is open.',
  references: [cis('4.2.1'), kubernetesDocs('reference/access-authn-authz/kubelet-authn-authz/')],
  evaluate(kubelet, report) {
    const config = kubelet.setting('--config')
    if (!config.known) return report.unknown(config)
    if (config.value !== '' && config.value !== null) return
    const left = UNSAFE.filter(
      (name) => kubelet.setting(name).known && settingOf(kubelet, name)?.source.kind === 'default',
    )
    for (const name of left) {
      const fact = kubelet.setting(name)
      if (fact.known) {
        report.fail(settingEvidence(kubelet, name, fact.origin), {
          message: `no --config is given, so unsafe defaults of the flags stand: ${left.join(', ')}`,
          severity: 'info',
          because: 'the cause that they share: each of these defaults is a finding of its own',
          fix: advice(
            'Write a KubeletConfiguration file and start the kubelet with --config, or set all three: --anonymous-auth=false --authorization-mode=Webhook --read-only-port=0.',
          ),
        })
      }
    }
  },
  examples: {
    bad: kubeletWithFlags('--kubeconfig=/etc/kubernetes/kubelet.conf'),
    good: kubeletWith(''),
  },
})
