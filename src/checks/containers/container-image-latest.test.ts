import { checkTests } from '../../../test/kit/check-tests.js'
import { containerImageLatest } from './container-image-latest.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerImageLatest, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ Config: { Image: 'nginx' } }),
    expect: [{ result: 'fail', severity: 'low', path: 'Config.Image', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { Config: { Image: 'nginx' } }),
    expect: [{ result: 'fail', severity: 'low', path: 'Config.Image' }],
  },
  { name: 'a version', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'a digest',
    kind: 'passing',
    given: containerWith({
      Config: { Image: 'nginx@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' },
    }),
    expect: [],
  },
  {
    name: 'a digest beats the tag',
    kind: 'passing',
    given: containerWith({
      Config: {
        Image: 'nginx:latest@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      },
    }),
    expect: [],
  },
  {
    name: 'a registry with a port has no tag',
    kind: 'odd',
    given: containerWith({ Config: { Image: 'registry.example:5000/web' } }),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'latest',
    kind: 'odd',
    given: containerWith({ Config: { Image: 'nginx:latest' } }),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'an image id names no version',
    kind: 'odd',
    given: containerWith({
      Config: { Image: 'sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' },
    }),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({ name: 'k8s_web_web-0_shop_1', ...{ Config: { Image: 'nginx' } } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its Config was not seen',
    kind: 'unknown',
    given: containerOnHost('Config'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
