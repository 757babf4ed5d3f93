// What is bundled into a package, as a bill of materials in the format of CycloneDX 1.6, which scanners for advisories read.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Enums, Models, Serialize, Spec, SPDX } from '@cyclonedx/cyclonedx-library'
import { parse } from 'yaml'
import { root } from './workspace.mjs'

/** @type {{ packages: Record<string, { resolution: { integrity?: string } }> }} */
const lockfile = parse(readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8'))

/**
 * Returns the text of a package's bill of materials. It depends on nothing but what is built: no time and no random number is in it.
 * What the package declares as dependencies is not: the manifest says that, and who installs it has versions of their own.
 * @param {string} folder @param {readonly import('./bundled.mjs').Bundled[]} packages
 */
export function sbom(folder, packages) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const subject = component(manifest)
  const bom = new Models.Bom({ metadata: new Models.Metadata({ component: subject }) })
  for (const bundled of packages) {
    const part = component(bundled)
    if (!bundled.isOwn) part.hashes.set(Enums.HashAlgorithm['SHA-512'], sha512(bundled))
    bom.components.add(part)
    subject.dependencies.add(part.bomRef)
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6))
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`
}

/** @param {{ name: string, version: string, license: string }} manifest */
function component({ name, version, license }) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${encodeURIComponent(version)}`
  const part = new Models.Component(Enums.ComponentType.Library, name, { version, purl, bomRef: purl })
  part.licenses.add(
    SPDX.isSupportedSpdxId(license) ? new Models.SpdxLicense(license) : new Models.LicenseExpression(license),
  )
  return part
}

/** The hash of the tarball in the registry, which the lockfile has. @param {{ name: string, version: string }} bundled */
function sha512({ name, version }) {
  const [, base64] = /^sha512-(.+)$/.exec(lockfile.packages[`${name}@${version}`]?.resolution.integrity ?? '') ?? []
  if (base64 === undefined) throw new Error(`pnpm-lock.yaml: expected the integrity of ${name}@${version} in SHA-512`)
  return Buffer.from(base64, 'base64').toString('hex')
}
