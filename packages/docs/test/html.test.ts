import { event, router } from '@ackwire/core'
import * as docs from '@ackwire/docs'
import * as assert from 'uvu/assert'
import { describe } from '../../../test/harness.js'

const api = router({ ping: event.input().describe('ends </script><script>alert(1)</script>, and <!-- begins') })
const info = { title: `<b>Tom</b> & "Jerry's"`, version: '1.0.0' }

describe('the page as HTML', it => {
  it('has its title escaped', () => {
    const [, title] = /<title>(.*?)<\/title>/.exec(docs.html(api, { info })) ?? []
    assert.is(title, '&lt;b&gt;Tom&lt;/b&gt; &amp; &quot;Jerry&#39;s&quot;')
  })

  it('has data that neither end a script nor begin a comment in it, and are what was given', () => {
    const [, data = ''] =
      /<script type="application\/json" id="document">([^]*?)<\/script>/.exec(docs.html(api, { info })) ?? []
    assert.not.match(data, '<')
    assert.equal(JSON.parse(data), JSON.parse(JSON.stringify(docs.document(api, { info }))))
  })
})
