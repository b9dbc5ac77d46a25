import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { kubernetesDocs, stig } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverAllowPrivileged = defineCheck({
  id: 'apiserver-allow-privileged',
  title: 'Privileged pods may be made',
  severity: 'info',
  because: 'most network plug-ins and kube-proxy need it; who may make such pods is for admission to say',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'The flag lets privileged containers through for the whole cluster. Pod Security, by namespace, is what holds users back; without any of it every user who may create pods is root on a node.',
  references: [stig('privileged containers'), kubernetesDocs('concepts/security/pod-security-admission/')],
  evaluate(apiserver, report) {
    const name = 'allow-privileged'
    judgeFlag(apiserver, report, name, apiserver.boolean(name), (on) =>
      on
        ? {
            message: 'privileged pods are let through unless admission refuses them',
            fix: advice(
              'Give namespaces of users the label `pod-security.kubernetes.io/enforce: baseline` or better. Where no component of the cluster is privileged, set `--allow-privileged=false`.',
              {
                breaks: 'every privileged pod, among them most network plug-ins and kube-proxy',
              },
            ),
          }
        : undefined,
    )
  },
  examples: {
    bad: apiserverWith(['--allow-privileged=true']),
    good: apiserverWith(['--allow-privileged=false']),
  },
})
