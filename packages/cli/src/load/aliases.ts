import { type Alias, type Document, isAlias, visit } from 'yaml'

/**
 * Lets each alias of a document find its node at once. `yaml` searches all anchors and aliases for each, which takes a minute for a
 * hundred thousand.
 */
export const prepareAliases = (parsed: Document.Parsed): void => {
  const named = new Map<string, ReturnType<Alias['resolve']>>()
  visit(parsed, {
    Node(_, node) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) named.set(node.anchor, node)
        return
      }
      const target = named.get(node.source)
      if (target === undefined) return
      const search = node.resolve.bind(node)
      // `yaml` converts a node that has no value yet.
      node.resolve = (document, context) =>
        context?.anchors.get(target)?.res === undefined ? search(document, context) : target
    },
  })
}
