import { asStrings, field } from '../../model/index.js'
import { runtimesOf } from '../../runtimes/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { containerdWith, criV2 } from './example-containerd.js'
import { criIsOff } from './judge-cri.js'

const LISTS = ['pod_annotations', 'container_annotations'] as const

export const containerdPrivilegedAnnotations = defineCheck({
  id: 'containerd-privileged-annotations',
  title: 'Pods steer a runtime of the node by their annotations',
  severity: 'medium',
  because: 'who may make pods sets options of a program that runs as root; how bad depends on the runtime',
  reach: 'user',
  appliesTo: 'containerd',
  why: 'Annotations that match `pod_annotations` are given to the runtime. Kata Containers takes the path of its kernel and of its hypervisor from them; admission rules seldom look at annotations.',
  references: [
    'https://github.com/containerd/containerd/blob/main/docs/cri/config.md',
    'https://github.com/kata-containers/kata-containers/blob/main/docs/how-to/how-to-set-sandbox-config-kata.md',
  ],
  evaluate(subject, report) {
    if (criIsOff(subject, report)) return
    const { containerd } = subject
    for (const gap of containerd.gaps) report.unknown(gap)
    for (const { name, path, layer, settings } of runtimesOf(containerd)) {
      for (const list of LISTS) {
        const patterns = asStrings(field(settings, list))
        if (patterns.length === 0) continue
        report.fail(
          {
            origin: containerd.origin(layer, [...path, list]),
            key: `${layer.file} ${name} ${list}`,
            message: `\`${list}\` of runtime \`${name}\` is \`${patterns.join('`, `')}\``,
          },
          {
            message: `annotations of pods (\`${patterns.join('`, `')}\`) reach runtime \`${name}\``,
            fix: advice(
              `Name single annotations in \`${list}\` in ${containerd.template ?? layer.file} in place of patterns, or take the list out; limit what the runtime accepts (\`enable_annotations\` of Kata Containers), and refuse the rest at admission. Then \`systemctl restart ${containerd.unit}\`.`,
              { breaks: 'pods that set such annotations' },
            ),
          },
        )
      }
    }
  },
  examples: {
    bad: containerdWith(
      criV2(
        '[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.kata]\n  pod_annotations = ["io.katacontainers.*"]',
      ),
    ),
    good: containerdWith(
      criV2(
        '[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]\n  runtime_type = "io.containerd.runc.v2"',
      ),
    ),
  },
})
