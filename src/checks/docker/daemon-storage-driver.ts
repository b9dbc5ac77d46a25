import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { advice } from '../precondition.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

const OLD_DRIVERS: ReadonlySet<string> = new Set(['aufs', 'devicemapper', 'vfs'])

export const daemonStorageDriver = defineCheck({
  id: 'daemon-storage-driver',
  title: 'Images are kept by a storage driver that is no longer looked after',
  severity: 'low',
  because: 'its faults are no longer mended, and vfs has no layers at all',
  reach: 'host',
  appliesTo: 'dockerd',
  why: 'aufs and devicemapper were taken out of Docker (24.0 and 25.0); vfs is for tests. overlay2 is what is maintained.',
  references: [cisDocker('2.6'), dockerDocs('engine/storage/drivers/select-storage-driver/')],
  evaluate(docker, report) {
    judgeSetting(docker, report, 'storage-driver', docker.string('storage-driver'), (value) =>
      OLD_DRIVERS.has(value)
        ? {
            message: `the storage driver is ${value}`,
            fix: advice(
              'Move to overlay2: save what is needed from images and containers, set `storage-driver`, restart docker, pull again.',
              { breaks: 'images and containers of the old driver are not seen by the new one' },
            ),
          }
        : undefined,
    )
  },
  examples: {
    bad: dockerdWith('{ "storage-driver": "devicemapper" }'),
    good: dockerdWith('{ "storage-driver": "overlay2" }'),
  },
})
