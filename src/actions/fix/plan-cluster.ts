import { asObject, type Edit, type Finding, type Host, type KubeObject } from '../../model/index.js'
import type { FixPlan, ObjectChange, PlannedLasting } from './fix-plan.js'
import type { LastingChange } from './lasting-place.js'
import type { ObjectDoor } from './object-door.js'
import type { FixChoice } from './plan-choose.js'
import { planId } from './plan-id.js'
import { lastingChanges } from './plan-lasting.js'
import { changeOf, planLive } from './plan-live.js'

/** What a plan of hosts and files gets besides from a cluster. */
export interface ClusterWish {
  readonly hosts: readonly Host[]
  readonly objects: readonly KubeObject[]
  /** Findings about objects of the cluster. */
  readonly findings: readonly Finding[]
  readonly choice: FixChoice
  /** Absent where no cluster was named. */
  readonly door?: ObjectDoor
}

/**
 * Adds to a plan what is changed in the cluster: the objects that findings are about, and the ConfigMaps from which kubeadm
 * writes files of the plan's hosts again. Without a cluster those are told with the commands.
 */
export async function withCluster(plan: FixPlan, wish: ClusterWish): Promise<FixPlan> {
  const { door, findings, choice, hosts } = wish
  const live =
    door === undefined
      ? { objects: [], mends: [], advice: [] }
      : await planLive({ findings, choice, door, objects: wish.objects })
  const lasting = lastingChanges({
    hosts,
    edits: plan.files.flatMap(({ content }): readonly Edit[] => ('edits' in content ? content.edits : [])),
    objects: await asTheyAre(wish.objects, door),
  })
  const objects: ObjectChange[] = [...live.objects]
  const told: PlannedLasting[] = []
  for (const change of lasting) {
    const made = await configMapChange(change, door)
    if (typeof made === 'object') objects.push(made)
    told.push({
      configMap: change.configMap,
      changed: typeof made === 'object',
      says: change.object !== undefined && change.after === undefined && change.left.length === 0,
      rewritten: change.rewritten,
      left: typeof made === 'string' ? [...change.left, `${made}.`] : change.left,
      commands: typeof made === 'object' ? [] : change.commands,
      patches: change.patches,
      ...(change.after === undefined ? {} : { document: change.after }),
    })
  }
  const { id: _id, ...rest } = plan
  const whole = {
    ...rest,
    objects,
    lasting: told,
    mends: [...plan.mends, ...live.mends],
    advice: [...plan.advice, ...live.advice],
  }
  return { ...whole, id: planId(whole) }
}

const KUBEADM =
  /^\/api\/v1\/namespaces\/kube-system\/configmaps\/(?:kubeadm-config|kubelet-config(?:-1\.\d{1,3})?)$/

/** The ConfigMaps of kubeadm as the server has them: what was read for the audit may have been masked. */
async function asTheyAre(
  objects: readonly KubeObject[],
  door: ObjectDoor | undefined,
): Promise<readonly KubeObject[]> {
  const found: KubeObject[] = []
  for (const object of objects) {
    if (object.source !== 'cluster' || !KUBEADM.test(object.slice.file)) {
      found.push(object)
      continue
    }
    const content = await door?.get(object.slice.file)
    found.push(content === undefined ? object : { ...object, content })
  }
  return found
}

async function configMapChange(
  { object, after, key, configMap, rewritten }: LastingChange,
  door: ObjectDoor | undefined,
): Promise<ObjectChange | string | undefined> {
  if (object === undefined || after === undefined || door === undefined || object.source !== 'cluster')
    return undefined
  const { content, ref, slice } = object
  return changeOf({
    ref,
    path: slice.file,
    content,
    after: { ...content, data: { ...asObject(content.data), [key]: after } },
    door,
    checks: [],
    words: `so that the next upgrade of kubeadm keeps what is changed here (${configMap}, ${rewritten.length} file${rewritten.length === 1 ? '' : 's'})`,
  })
}
