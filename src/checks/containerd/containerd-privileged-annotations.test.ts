import { checkTests } from '../../../test/kit/check-tests.js'
import { containerdPrivilegedAnnotations } from './containerd-privileged-annotations.js'
import { BROKEN, containerdWith, criV2, dockerAlone } from './example-containerd.js'

checkTests(containerdPrivilegedAnnotations, [
  {
    name: 'annotations reach Kata Containers',
    kind: 'failing',
    given: containerdWith(
      criV2(
        '[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.kata]\n  pod_annotations = ["io.katacontainers.*"]',
      ),
    ),
    expect: [{ result: 'fail', severity: 'medium', line: 5 }],
  },
  {
    name: 'a runtime without them',
    kind: 'passing',
    given: containerdWith(
      criV2('[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]\n  pod_annotations = []'),
    ),
    expect: [],
  },
  {
    name: 'those of containers',
    kind: 'odd',
    given: containerdWith(
      criV2(
        '[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.kata]\n  container_annotations = ["io.katacontainers.*"]',
      ),
    ),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'the file cannot be parsed',
    kind: 'unknown',
    given: BROKEN,
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  { name: 'Docker alone uses it', kind: 'odd', given: dockerAlone(), expect: [{ result: 'notApplicable' }] },
])
