/**
 * Edits of text files: the smallest change that puts a fix into a file. Takes texts and edits, gives texts.
 * Does no I/O: who reads and writes the files is somebody else.
 */
export { applyEdits, presentValue, type EditedText } from './apply-edits.js'
