import { checkTests } from '../../../test/kit/check-tests.js'
import { containerdStreamServerPublic } from './containerd-stream-server-public.js'
import { BROKEN, containerdWith, criV2, dockerAlone } from './example-containerd.js'

checkTests(containerdStreamServerPublic, [
  {
    name: 'every address, without TLS',
    kind: 'failing',
    given: containerdWith(criV2('  stream_server_address = "0.0.0.0"')),
    expect: [{ result: 'fail', severity: 'high', line: 4, fix: 'advice' }],
  },
  { name: 'the default', kind: 'passing', given: containerdWith(criV2('')), expect: [] },
  {
    name: 'with TLS',
    kind: 'passing',
    given: containerdWith(criV2('  stream_server_address = "0.0.0.0"\n  enable_tls_streaming = true')),
    expect: [],
  },
  {
    name: 'empty: the address of the default route',
    kind: 'odd',
    given: containerdWith(criV2('  stream_server_address = ""')),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'in layout 3 it stays where it was',
    kind: 'odd',
    given: containerdWith(
      'version = 3\n[plugins."io.containerd.grpc.v1.cri"]\n  stream_server_address = "0.0.0.0"\n',
    ),
    expect: [{ result: 'fail', line: 3 }],
  },
  { name: 'Docker alone uses it', kind: 'odd', given: dockerAlone(), expect: [{ result: 'notApplicable' }] },
  {
    name: 'the file cannot be parsed',
    kind: 'unknown',
    given: BROKEN,
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
