"""Opens the page of `train --watch` in headless Chromium: it is drawn, updated, saves and stops.

    apt-get install chromium; pip install websocket-client==1.9.0
    python tools/watch/check.py FOLDER ./thalweg     # pictures go into FOLDER

Speaks the DevTools protocol. Needs no network: what the page asks for beyond its own address fails the check.
Exits with 1 where something is not as it should be.
"""

import base64
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import websocket

folder, *command = sys.argv[1:]
os.makedirs(folder, exist_ok=True)
failures = []


def check(what, condition, found=""):
    print(("ok   " if condition else "FAIL ") + what + (f" ({found})" if found != "" else ""), flush=True)
    if not condition:
        failures.append(what)


class Browser:
    def __init__(self):
        self.profile = tempfile.mkdtemp()
        self.process = subprocess.Popen(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
             "--remote-allow-origins=*", f"--user-data-dir={self.profile}", "--no-first-run", "about:blank"],
            stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if "DevTools listening on" in line:
                port = re.search(r":(\d+)/", line).group(1)
                break
        pages = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/json"))
        page = next(p for p in pages if p["type"] == "page")
        self.socket = websocket.create_connection(page["webSocketDebuggerUrl"], timeout=60)
        self.number = 0
        self.requests = []
        self.errors = []
        for domain in ("Page", "Runtime", "Network", "Log", "Accessibility"):
            self.call(domain + ".enable")

    def call(self, method, **params):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("method") == "Network.requestWillBeSent":
                self.requests.append(message["params"]["request"]["url"])
            if message.get("method") == "Runtime.exceptionThrown":
                self.errors.append(json.dumps(message["params"]["exceptionDetails"])[:400])
            if message.get("method") == "Log.entryAdded" and message["params"]["entry"]["level"] == "error":
                self.errors.append(message["params"]["entry"]["text"])
            if message.get("id") == self.number:
                return message.get("result", message)

    def value(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return answer["result"].get("value")

    def until(self, expression, seconds=30):
        end = time.time() + seconds
        while time.time() < end:
            if self.value(expression):
                return True
            time.sleep(0.2)
        return False

    def picture(self, name, width, height, scheme="light", mobile=False):
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)
        time.sleep(1.2)
        data = self.call("Page.captureScreenshot", captureBeyondViewport=False)["data"]
        with open(os.path.join(folder, name), "wb") as f:
            f.write(base64.b64decode(data))


command[0] = os.path.abspath(command[0])
place = tempfile.mkdtemp()
run = os.path.join(place, "run")


def watched(*more):
    """A training that is watched, and its address."""
    training = subprocess.Popen(
        [*command, "train", *more, "--threads", "1", "--quiet", "--watch"], stderr=subprocess.PIPE, text=True, cwd=place)
    for line in training.stderr:
        found = re.search(r"http://127\.0\.0\.1:\d+/[0-9a-f]{32}/", line)
        if found:
            return training, found.group(0)
    return training, None


subprocess.run([*command, "train", "digits", "--epochs", "12", "--quiet", "--out", "runs/before"], cwd=place, check=True, capture_output=True)
training, address = watched("digits", "--model", "cnn(16, 32)", "--epochs", "2000", "--validation", "0.1", "--out", run)
check("an address with a random token is printed", address is not None)

port = re.search(r":(\d+)/", address).group(1)
for path, host, what in (("/", f"127.0.0.1:{port}", "without its token"), (address.split(port, 1)[1], "elsewhere.example", "under another name")):
    try:
        urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": host}))
        check("nothing is served " + what, False)
    except urllib.error.HTTPError as e:
        check("nothing is served " + what, e.code == 404, e.code)

browser = Browser()
browser.call("Page.navigate", url=address)
check("charts are drawn", browser.until("document.querySelectorAll('figure:not([hidden]) canvas').length >= 7"),
      browser.value("document.querySelectorAll('figure:not([hidden]) canvas').length"))
check("with ink", browser.value("""(() => { const c = document.querySelector('figure:not([hidden]) canvas');
  const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
  let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i] > 0) n++; return n > 500; })()"""))
first = browser.value("document.querySelector('#figures').textContent")
check("figures move on", browser.until(f"document.querySelector('#figures').textContent !== {json.dumps(first)}"))
check("layers are listed", browser.value("document.querySelectorAll('#weights tbody tr').length") >= 3)
time.sleep(6)
browser.value("document.querySelector('#others input').click(), 1")
check("another run is laid over", browser.until("[...document.querySelectorAll('.u-legend .u-label')].some(e => e.textContent.startsWith('before '))", 5))
browser.picture("wide-light.png", 1400, 1500)
browser.picture("wide-dark.png", 1400, 1500, "dark")
browser.picture("phone.png", 390, 844, "light", True)
check("no sideways scrolling on a phone", browser.value("document.documentElement.scrollWidth <= innerWidth"),
      browser.value("document.documentElement.scrollWidth"))
browser.call("Emulation.setDeviceMetricsOverride", width=1400, height=1500, deviceScaleFactor=1, mobile=False)
tree = browser.call("Accessibility.getFullAXTree")["nodes"]
names = [(n.get("role", {}).get("value"), n.get("name", {}).get("value", "")) for n in tree]
check("charts have a sentence for screen readers",
      sum(1 for role, name in names if role in ("img", "image") and " is at " in name) >= 7)
check("buttons have names", {("button", "Save now"), ("button", "Stop")} <= set(names))
check("nothing but its own address is asked for",
      all(url.startswith(address) or url.startswith("data:") for url in browser.requests if url != "about:blank"),
      len(browser.requests))

# 10,000 points: how long a drawing of them takes.
took = browser.value("""new Promise(done => {
  const rows = Array.from({length: 10000}, (_, i) => i + 1), loss = rows.map(i => 3 / Math.sqrt(i) + Math.random() * .05);
  const box = document.createElement('div'); document.body.append(box);
  const plot = new uPlot({width: 800, height: 260, scales: {x: {time: false}}, series: [{}, {stroke: 'red'}]}, [rows, loss], box);
  requestAnimationFrame(() => { const t = performance.now(); let n = 0;
    const again = () => { plot.setData([rows, loss]); if (++n < 20) requestAnimationFrame(again);
      else { const each = (performance.now() - t) / 20; box.remove(); done(each); } }; again(); }); })""")
check("10,000 points are drawn again within 34 ms", took < 34, f"{took:.1f} ms a frame")

# By keyboard alone: Tab to the button, Enter.
browser.value("document.getElementById('save').focus(), 1")
browser.call("Input.dispatchKeyEvent", type="keyDown", key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r")
browser.call("Input.dispatchKeyEvent", type="keyUp", key="Enter", code="Enter", windowsVirtualKeyCode=13)
check("saved by keyboard", browser.until("document.querySelector('#note').textContent.startsWith('saved after step')"))
check("a checkpoint is there", any(name.startswith("step-") for name in os.listdir(os.path.join(run, "checkpoints"))))
browser.value("document.getElementById('stop').click(), 1")
rest = training.communicate(timeout=60)[1]
check("stopped with exit code 130", training.returncode == 130, training.returncode)
check("and says how it goes on", "thalweg resume" in rest, rest.strip())
check("the page says that it has ended", browser.until("document.getElementById('stop').disabled && /ended|gone/.test(document.querySelector('#progress').textContent)"),
      browser.value("document.querySelector('#progress').textContent"))
check("no errors in the page", not browser.errors, "; ".join(browser.errors))
browser.picture("ended.png", 1400, 900)

# A million steps: the page has no more of them at the end than after a tenth.
training, address = watched("iris", "--model", "logistic", "--batch", "1", "--epochs", "8334", "--test", "0.2", "--out", os.path.join(place, "long"))
browser.call("Page.navigate", url=address)
STEP = "+(document.querySelector('#figures').textContent.match(/step\\s*([\\d,]+) of/) || ['', '0'])[1].replace(/,/g, '')"
sizes = []
for step in (100000, 900000):
    check(f"step {step:,} is shown", browser.until(STEP + f" >= {step}", 240), browser.value(STEP))
    browser.call("HeapProfiler.collectGarbage")
    sizes.append(browser.call("Runtime.getHeapUsage")["usedSize"] / 1e6)
check("the page does not grow", sizes[1] < 1.5 * sizes[0] + 5, f"{sizes[0]:.1f} MB after a tenth, {sizes[1]:.1f} MB at its end")
training.communicate(timeout=120)
fits = "[...document.querySelectorAll('figure:not([hidden]) canvas')].every(c => c.getBoundingClientRect().right <= c.closest('figure').getBoundingClientRect().right + 1)"
check("charts stay within their columns", browser.value(fits))
browser.picture("million.png", 1400, 1500)
browser.process.terminate()
print(f"{len(failures)} failures")
sys.exit(1 if failures else 0)
