import removals from '../../../data/api-removals.json' with { type: 'json' }
import kubeadm from '../../../data/kubeadm.json' with { type: 'json' }
import releases from '../../../data/kubernetes-releases.json' with { type: 'json' }
import { upgradeDataOf } from './read-upgrade-data.js'
import type { UpgradeData } from './upgrade-data.js'

let made: UpgradeData | undefined

/** What Rampart itself brings along. */
export function builtInData(): UpgradeData {
  made ??= upgradeDataOf(
    { asOf: releases.asOf, releases: releases.releases, kubeadm: kubeadm.releases, apis: removals.apis },
    'built in',
  )
  return made
}
