import { asList, asStrings, field } from '../../model/index.js'
import type { Container } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { nsa } from '../references.js'
import { askContainers, type PlaceFault } from './ask-pod.js'
import { podWith } from './example-pod.js'

const SSHD = /(?:^|[\s/;&|])(?:sshd|dropbear)(?:$|[\s;&|])/

function faultOf({ name, spec }: Container): PlaceFault | undefined {
  const fix = advice(
    'Take the SSH server out of the image; use `kubectl exec` or `kubectl debug`, which ask for a credential of the cluster and are in its audit log.',
    {
      breaks: 'people and jobs that log in over SSH',
    },
  )
  for (const key of ['command', 'args']) {
    const at = asStrings(spec[key]).findIndex((word) => SSHD.test(word))
    if (at >= 0) return { message: `container \`${name}\` runs an SSH server`, at: [key], fix }
  }
  const port = asList(spec.ports).findIndex((each) => field(each, 'containerPort') === 22)
  if (port < 0) return undefined
  return {
    message: `container \`${name}\` serves port 22`,
    at: ['ports', port, 'containerPort'],
    named: '22',
    fix,
  }
}

export const podSsh = defineCheck({
  id: 'pod-ssh',
  title: 'A container runs an SSH server',
  severity: 'low',
  because: 'a second way in, with keys and passwords that the cluster does not know of',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Who logs in over SSH is in no audit log of the cluster, needs no right in it, and stays when his rights are taken away.',
  references: [nsa('pod security'), 'https://learn.microsoft.com/en-us/security/threat-matrix-kubernetes/'],
  evaluate(workload, report) {
    askContainers(workload, report, {
      reads: [
        { of: 'container', path: ['ports', '*', 'containerPort'], type: 'number' },
        { of: 'container', path: ['command'], type: 'list' },
        { of: 'container', path: ['args'], type: 'list' },
      ],
      severity: 'low',
      judge: faultOf,
    })
  },
  examples: {
    bad: podWith('ports:\n  - containerPort: 22'),
    good: podWith('ports:\n  - containerPort: 8080'),
  },
})
