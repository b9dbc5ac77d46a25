/**
 * Changes of a host's files that a loss of power cannot leave half done, each with its way back.
 * Takes paths of the host below a root (`/`, or a mounted disk), gives steps. Copies of what was there go to the run's own
 * folder, never beside the file: a kubelet runs what it finds in its folder. Follows links only inside of the root.
 */
export { locateFile, type LocatedFile } from './locate-file.js'
export { replaceFile, type ReplaceOptions } from './replace-file.js'
export { backUp, readBackup, restore, type Backup } from './back-up.js'
export { fileStep, type FileChange } from './file-step.js'
export { folderStep } from './folder-step.js'
export { attributesStep } from './attributes-step.js'
export { sha256Of } from './checksum.js'
