from pathlib import Path


def violations(page):
    source = Path("/tmp/w/wt-tools/node_modules/axe-core/axe.min.js").read_text()
    page.evaluate(source)
    found = page.evaluate("axe.run().then((r) => r.violations)")
    return [
        f"{v['id']} {v['impact']} {v['help']}: {[n['target'] for n in v['nodes']][:3]} {v['nodes'][0].get('failureSummary')}"
        for v in found
        if v["impact"] in ("serious", "critical")
    ]
