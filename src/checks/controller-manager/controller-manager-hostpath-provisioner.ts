import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { controllerManagerWith } from './example-controller-manager.js'
import { judgeFlag } from '../judge-flag.js'

export const controllerManagerHostpathProvisioner = defineCheck({
  id: 'controller-manager-hostpath-provisioner',
  title: 'Claims for volumes are served from folders of nodes',
  severity: 'high',
  because:
    'a test feature: whoever may claim a volume writes to the disk of the node on which the controller manager runs',
  reach: 'user',
  appliesTo: 'controller-manager',
  why: 'With --enable-hostpath-provisioner the controller manager makes folders of its node into volumes. It is meant for tests on one machine: nothing limits size or keeps tenants apart, and pods land beside the control plane.',
  references: [kubernetesDocs('reference/command-line-tools-reference/kube-controller-manager/')],
  evaluate(manager, report) {
    judgeFlag(
      manager,
      report,
      'enable-hostpath-provisioner',
      manager.boolean('enable-hostpath-provisioner'),
      (value) =>
        value
          ? {
              message: 'volumes are made of folders of the node',
              fix: {
                ...manager.change('enable-hostpath-provisioner', false),
                breaks: 'claims of storage classes with the provisioner kubernetes.io/host-path stay unbound',
              },
            }
          : undefined,
    )
  },
  examples: {
    bad: controllerManagerWith(['--enable-hostpath-provisioner']),
    good: controllerManagerWith(['--enable-hostpath-provisioner=false']),
  },
})
