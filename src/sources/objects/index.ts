/**
 * Opens files that hold Kubernetes objects, for the sources that read such files (manifests, exports).
 * Imports no other source; the one folder of sources that others may import.
 */
export { readObjectFile, type ObjectFileRead } from './read-object-file.js'
export { readObjectStream } from './read-object-stream.js'
export { findFiles, type FoundFiles } from './find-files.js'
export { openRegular, refusalOf } from './open-regular.js'
export { fileTexts } from './file-texts.js'
export { objectReader } from './object-reader.js'
export { bufferLines } from './buffer-lines.js'
