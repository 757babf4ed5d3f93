import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Application, Converter, ReflectionKind, type TypeDocOptions } from 'typedoc'
import type { PluginOptions } from 'typedoc-plugin-markdown'

const root = resolve(import.meta.dirname, '../..')
const packages = ['core', 'client', 'docs']

interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** Each name that a user can import, by the source file behind it, but for those of TypeBox, which has a reference of its own. */
const entries = new Map(
  packages.flatMap(folder => {
    const place = join(root, 'packages', folder)
    const { name, exports } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as Manifest
    return Object.entries(exports)
      .filter(([path]) => !path.startsWith('./typebox') && path !== './package.json')
      .map(([path, target]) => [join(place, target['ackwire-source'] ?? ''), name + path.slice(1)] as const)
  }),
)

/** TypeDoc calls a module by its file, from the folder that all have in common. */
const nameOf = (file: string): string => file.slice(join(root, 'packages/').length).replace(/(\/index)?\.ts$/, '')

const OPTIONS: Partial<TypeDocOptions> & PluginOptions = {
  plugin: ['typedoc-plugin-markdown'],
  tsconfig: join(import.meta.dirname, 'tsconfig.json'),
  entryPoints: [...entries.keys()],
  name: 'API reference',
  readme: 'none',
  logLevel: 'Warn',
  treatWarningsAsErrors: true,
  // The check compiles the sources already.
  skipErrorChecking: true,
  // A link to a line would change with every commit.
  disableSources: true,
  excludeExternals: true,
  // In the order in which one needs them.
  groupOrder: ['Functions', 'Variables', 'Classes', 'Interfaces', 'Type Aliases', '*'],
  sort: ['alphabetical'],
  router: 'module',
  flattenOutputFiles: true,
  excludeScopesInPaths: true,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  // GitHub's own anchors are others where names differ only in case.
  useHTMLAnchors: true,
  useCodeBlocks: true,
  indexFormat: 'table',
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  tableColumnSettings: { hideSources: true, hideInherited: true, hideOverrides: true, hideModifiers: true },
}

/** Writes the API reference, as the sources' comments have it: one page for each name that can be imported, and an index. */
export const writeReference = async (folder: string): Promise<void> => {
  const app = await Application.bootstrapWithPlugins({ ...OPTIONS, out: folder })
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const [file, specifier] of entries) {
      const module = project.getChildByName([nameOf(file)])
      if (module === undefined) throw new Error(`TypeDoc has no module ${nameOf(file)}, of ${specifier}`)
      module.name = specifier
    }
    // Theirs is between the packages.
    for (const reflection of project.getReflectionsByKind(ReflectionKind.All)) {
      if (reflection.name.startsWith('~')) project.removeReflection(reflection)
    }
    // A parameter that is taken apart in its place has no name, and is always this.
    for (const parameter of project.getReflectionsByKind(ReflectionKind.Parameter)) {
      if (parameter.name === '__namedParameters') parameter.name = 'options'
    }
  })
  const project = await app.convert()
  if (project !== undefined) await app.generateOutputs(project)
  if (project === undefined || app.logger.hasErrors() || app.logger.hasWarnings()) {
    throw new Error('TypeDoc could not write the reference; what it says of it is above')
  }
}
