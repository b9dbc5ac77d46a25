import { checkTests } from '../../../test/kit/check-tests.js'
import { containerdDeviceOwnership } from './containerd-device-ownership.js'
import { BROKEN, containerdWith, criV2, dockerAlone } from './example-containerd.js'

checkTests(containerdDeviceOwnership, [
  {
    name: 'switched on',
    kind: 'failing',
    given: containerdWith(criV2('  device_ownership_from_security_context = true')),
    expect: [{ result: 'fail', severity: 'info', line: 4 }],
  },
  { name: 'the default', kind: 'passing', given: containerdWith(criV2('')), expect: [] },
  {
    name: 'a text in place of a boolean',
    kind: 'odd',
    given: containerdWith(criV2('  device_ownership_from_security_context = "true"')),
    expect: [],
  },
  {
    name: 'the file cannot be parsed',
    kind: 'unknown',
    given: BROKEN,
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  { name: 'Docker alone uses it', kind: 'odd', given: dockerAlone(), expect: [{ result: 'notApplicable' }] },
])
