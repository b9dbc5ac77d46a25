import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { controllerManagerWith } from './example-controller-manager.js'
import { judgeFlag } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { inWords, type JsonValue } from '../../model/index.js'

/** Whether the last word about a gate is false, in whatever form the flag holds its words. */
function gateIsOff(value: JsonValue, gate: string): boolean {
  const words = [...inWords(value).matchAll(new RegExp(`\\b${gate}"?[=:]"?(\\w+)`, 'g'))]
  return /^(?:false|f|0)$/i.test(words.at(-1)?.[1] ?? '')
}

export const controllerManagerRotateKubeletServerCert = defineCheck({
  id: 'controller-manager-rotate-kubelet-server-cert',
  title: 'Serving certificates of kubelets are not renewed',
  severity: 'medium',
  because: 'a certificate that ends stops logs and exec, and leads people to switch verification off',
  reach: 'host',
  appliesTo: 'controller-manager',
  why: 'The gate RotateKubeletServerCertificate is on by default. Set to false, requests of kubelets for serving certificates are not handled.',
  references: [cis('1.3.6'), kubernetesDocs('reference/access-authn-authz/kubelet-tls-bootstrapping/')],
  evaluate(manager, report) {
    const flag = 'feature-gates'
    judgeFlag(manager, report, flag, manager.setting(flag), (value) =>
      gateIsOff(value, 'RotateKubeletServerCertificate')
        ? {
            message: 'the gate RotateKubeletServerCertificate is set to false',
            fix: advice(
              'Take RotateKubeletServerCertificate=false out of --feature-gates; the kubelet restarts the controller manager.',
            ),
          }
        : undefined,
    )
  },
  examples: {
    bad: controllerManagerWith(['--feature-gates=RotateKubeletServerCertificate=false']),
    good: controllerManagerWith(['--feature-gates=RotateKubeletServerCertificate=true']),
  },
})
