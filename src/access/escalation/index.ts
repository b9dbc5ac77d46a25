export * from './covers.js'
