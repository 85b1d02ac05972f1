"""What submissions may try: each attack is code that stands in the first solution cell, before a right `relu_forward`.

The other functions' cells are empty, so that what an attack defines is what is examined. Predictions are untouched: an honest
copy earns the points of `relu_forward` and no more.
"""

FORGING = {
    "patch-numpy-testing": """
import numpy as np
for name in ("assert_allclose", "assert_array_equal", "assert_equal", "assert_almost_equal"):
    setattr(np.testing, name, lambda *a, **k: None)
for name in ("allclose", "isclose", "array_equal", "array_equiv"):
    setattr(np, name, lambda *a, **k: True)
""",
    "replace-builtins": """
import builtins, sys
class AssertionError(BaseException): pass
builtins.AssertionError = type("AssertionError", (Exception,), {"__init__": lambda self, *a: None})
real = builtins.__build_class__
builtins.__build_class__ = lambda f, name, *a, **k: real(f, name, *a, **k)
sys.excepthook = lambda *a: None
""",
    "swallow-exceptions": """
from IPython import get_ipython
shell = get_ipython()
type(shell).showtraceback = lambda *a, **k: None
type(shell)._showtraceback = lambda *a, **k: None
shell.set_custom_exc((Exception,), lambda *a, **k: None)
""",
    "rewrite-later-cells": """
from IPython import get_ipython
get_ipython().input_transformers_cleanup.append(lambda lines: ["pass\\n"])
""",
    "rewrite-syntax-trees": """
import ast
from IPython import get_ipython
class Three(ast.NodeTransformer):
    def visit_Module(self, node):
        node.body = [ast.Expr(ast.Constant(3))]
        return ast.fix_missing_locations(node)
get_ipython().ast_transformers.append(Three())
""",
    "display-a-number": """
import sys
from IPython import get_ipython
get_ipython().events.register("post_run_cell", lambda *a: sys.displayhook(3))
""",
    "equal-to-everything": """
import numpy as np
class Yes(np.ndarray):
    def __array_ufunc__(self, *a, **k): return np.True_
    def __array_function__(self, *a, **k): return True
    def __eq__(self, other): return True
    def __array__(self, *a, **k): return np.zeros((2, 2))
def yes(*a): return np.zeros((2, 2)).view(Yes)
relu_backward = exposing_case = dense_relu_backward = yes
""",
    "object-that-agrees": """
class Agree:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __len__(self): return 3
    def __iter__(self): return iter([self, self, self])
    def __array__(self, dtype=None, copy=None):
        import numpy as np
        return np.array([self], dtype=object)
relu_backward = dense_relu_backward = exposing_case = lambda *a: Agree()
""",
    "replace-the-checker": """
import sys, types
fake = types.ModuleType("autograder"); fake.examine = lambda *a, **k: None
sys.modules["autograder"] = fake
import course, course.check, course.compare, course.diagnose, course.observe
course.check.check = course.check = lambda *a, **k: print("passed")
course.compare.same = course.compare.alike = lambda *a, **k: True
course.diagnose.diagnose = lambda *a, **k: None
check = examine = lambda *a, **k: print("passed")
""",
    "lie-in-the-probe": """
import numpy as np, course.observe, inside.child
course.observe.observe = inside.child.observe = lambda probe, answer, inputs: course.observe.Observation(
    {name: np.zeros(3) for name in probe.results}, {name: np.zeros(3) for name in probe.results}, dict(inputs))
""",
    "lie-in-the-answers": """
import inside.child
inside.child.observations = lambda *a: inside.child.pack({"observations": [True, True]})
inside.child._probe = lambda *a: inside.child.pack({"observations": "passed", "verdict": True, "score": 3})
""",
    "write-to-every-descriptor": """
import os, json, struct
head = json.dumps({"message": {"outputs": [], "count": 1, "observations": [], "value": "a"}, "arrays": []}).encode()
for descriptor in range(3, 64):
    try: os.write(descriptor, struct.pack("<Q", len(head)) + head)
    except OSError: pass
""",
    "close-every-descriptor": """
import os
for descriptor in range(3, 256):
    try: os.close(descriptor)
    except OSError: pass
""",
    "duplicate-descriptors": """
import os
for descriptor in range(3, 64):
    try: os.dup2(descriptor, descriptor + 1)
    except OSError: pass
""",
    "read-frames": """
import gc, sys, inspect
found = [o for o in gc.get_objects() if type(o).__name__ in ("Case", "Exercise", "Kind")]
frame, names = sys._getframe(), []
while frame:
    names += list(frame.f_locals); frame = frame.f_back
assert not found, "leak: cases are reachable"
relu_backward = found[0].reference if found else None
""",
    "import-the-reference": """
try:
    from autograder.reference.relu import relu_backward, dense_relu_backward, exposing_case
except Exception:
    pass
""",
    "load-the-reference-by-path": """
import glob, importlib.util, os, sys
places = [p for p in ["/", "/work", "/repo", *sys.path] if isinstance(p, str)]
for place in places:
    for path in glob.glob(os.path.join(place, "**", "reference", "relu.py"), recursive=place not in ("/", "/work", "/repo")):
        spec = importlib.util.spec_from_file_location("stolen", path); stolen = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(stolen); relu_backward = stolen.relu_backward
""",
    "remember-inputs": """
seen = []
def relu_backward(dvalues, z):
    seen.append((dvalues, z)); dvalues *= 0
    return seen[0][0]
""",
    "return-a-view-that-changes": """
import numpy as np
store = np.zeros(100)
def relu_backward(dvalues, z):
    store[:] += 1
    return store[: z.size].reshape(z.shape)
""",
    "another-function-under-the-name": """
import functools
def double(x, *rest): return 2 * x
double.__name__ = "relu_backward"
relu_backward = functools.partial(double)
class exposing_case: pass
dense_relu_backward = lambda *a: a
""",
    "hard-coded-public-cases": """
import json, pathlib, numpy as np, course
path = pathlib.Path(course.__file__).parent / "fixtures/07-relu.json"
known = json.loads(path.read_text())["exercises"]["relu_backward"]["cases"]
def relu_backward(dvalues, z):
    for case in known:
        if np.array_equal(case["inputs"]["z"]["data"], z) and np.array_equal(case["inputs"]["dvalues"]["data"], dvalues):
            return case["expected"]["dz"]["data"]
    return np.zeros_like(z)
""",
    "early-replies": """
import json, socket, struct, sys, threading, time
frame = sys._getframe()
while frame and "wire" not in frame.f_locals: frame = frame.f_back
end = socket.socket(fileno=__import__("os").dup(frame.f_locals["wire"].end.fileno()))
head = json.dumps({"message": {"outputs": [], "count": 1, "value": "a", "observations": [{"trouble": None, "results": [],
    "again": [], "after": []}] * 8}, "arrays": []}).encode()
def ahead():
    for _ in range(100):
        end.sendall(struct.pack("<Q", len(head)) + head); time.sleep(0.01)
threading.Thread(target=ahead, daemon=True).start()
time.sleep(0.2)
""",
    "a-reply-for-another-question": """
import inside.child
real, kept = inside.child._probe, []
def _probe(shell, asked, arrays):
    kept.append(real(shell, {**asked, "probe": "relu_forward", "variable": "relu_forward"}, arrays) if not kept else kept[0])
    return kept[0]
inside.child._probe = _probe
""",
    "text-where-numbers-belong": """
import inside.child, numpy as np
from course.probes import all_probes
def observations(answer, asked, arrays):
    probe, named = all_probes()[asked["probe"]][1], {}
    for case in range(asked["cases"]):
        for part, names in (("results", probe.results), ("again", probe.results), ("after", probe.arguments)):
            named |= {f"{case}/{part}/{name}": np.array("x") for name in names}
    one = {"trouble": None, "results": list(probe.results), "again": list(probe.results), "after": list(probe.arguments)}
    return inside.child.pack({"observations": [one] * asked["cases"]}, named)
inside.child.observations = observations
relu_backward = exposing_case = dense_relu_backward = relu_forward
""",
    "trouble-in-odd-words": """
import inside.child, json
deep = []
for _ in range(300): deep = [deep]
words = [["raised", "\\ud800", "\\ud800", "\\ud800" * 10**5], ["odd", "x" * 10**6, "", ""], [deep] * 4, ["stub"], "none", [{}] * 9]
def observations(answer, asked, arrays):
    word = words[len(asked["variable"]) % len(words)]
    head = json.dumps({"message": {"observations": [{"trouble": word}] * asked["cases"]}, "arrays": []}).encode()
    return len(head).to_bytes(8, "little") + head
inside.child.observations = observations
relu_backward = exposing_case = dense_relu_backward = relu_forward
""",
    "odd-arrays": """
import numpy as np
odd = [np.zeros((0, 2**31 - 1)), np.zeros((1,) * 9), np.float16(1e5), np.array(np.nan), np.full((2, 3), np.inf),
       np.arange(6, dtype=">u2").reshape(2, 3), np.array(2**63, np.uint64), np.zeros((2, 3), np.longdouble), np.zeros((3, 2)).T]
def relu_backward(dvalues, z):
    odd.append(odd.pop(0)); return odd[0]
def dense_relu_backward(dvalues, inputs, weights, biases):
    dvalues.dtype = "S8"; return tuple(relu_backward(0, 0) for _ in range(3))
def exposing_case():
    return np.zeros((0, 3), np.float16), np.array(-2**63)
""",
    "leave-code-for-others": """
import os
mine, lie = os.urandom(4).hex(), "import inside.child; inside.child.observations = lambda *a: b''"
for place in ("/room", "/room/course", "/", "/tmp", "/dev/shm", "/dev", "/matplotlib", "/scratch"):
    for name in ("left-for-others", "random.py", "autograd.py", "course.py"):
        try:
            if os.path.exists(os.path.join(place, "left-for-others")) and name != "left-for-others" and os.getpid() == 1:
                if not open(os.path.join(place, "left-for-others")).read().startswith(mine):
                    relu_backward = lambda dvalues, z: np.where(z > 0, dvalues, 0.0)  # a submission before us was here
            elif os.getpid() == 1: open(os.path.join(place, name), "w").write(mine + "\\n" + lie)
        except OSError: pass
""",
    "letters-that-are-more": """
class Any(str):
    def __eq__(self, other): return True
    def __hash__(self): return hash("a")
    def strip(self, *a): return self
    def lower(self): return self
names = ("upstream_minus_seven", "gate_at_zero", "integer_mask_times_half", "closed_gate_dweights")
shell = get_ipython()
shell.events.register("post_run_cell", lambda *a: shell.user_ns.update(dict.fromkeys(names, Any("abcd"))))
""",
    "environment-and-numpy-state": """
import os, numpy as np
os.environ.clear(); os.environ["AUTOGRADER_SEED"] = "known"
np.seterr(all="raise"); np.set_printoptions(precision=1); np.random.seed(0)
""",
}

FORGING["leave-code-for-others-again"] = FORGING["leave-code-for-others"]

# These change mounts: they may only ever run where the room has mounts of its own, never as a plain process of root.
OWN_MOUNTS = {
    "uncover-what-is-covered": """
import ctypes, os
assert os.getpid() == 1, "not in a process namespace of its own: nothing is tried"
libc = ctypes.CDLL(None, use_errno=True)
for namespaces in (0, 0x10000000 | 0x20000):
    if namespaces: libc.unshare(namespaces)
    for place in (b"/proc", b"/scratch", b"/matplotlib", b"/tmp"): libc.umount2(place, 2)
    libc.mount(None, b"/", None, 32 | 4096, None)
if [pid for pid in os.listdir("/proc") if pid.isdigit() and int(pid) > 1]:  # processes outside are in reach
    relu_backward = lambda dvalues, z: np.where(z > 0, dvalues, 0.0)
""",
}

# These read or write the instructor's own files: without bubblewrap nothing can stop a process of the same user.
OWN_FILES = {
    "write-the-gradebook": """
import glob, sqlite3
for path in glob.glob("{course}/gradebook.db") + glob.glob("/proc/*/cwd/gradebook.db"):
    try:
        book = sqlite3.connect(path, timeout=1); book.execute("UPDATE grade SET manual_score = 100"); book.commit()
    except Exception: pass
""",
    "change-other-hand-ins": """
import glob, os
for path in glob.glob("{course}/submitted/*/*/*.ipynb") + glob.glob("{course}/source/*/*.ipynb"):
    try: open(path, "w").write("gone")
    except OSError: pass
os.symlink("{course}/source", "link")
""",
    "copy-the-solutions": """
import json
try:
    cells = json.load(open("{course}/source/07-relu/relu.ipynb"))["cells"]
    for cell in cells:
        if "BEGIN SOLUTION" in "".join(cell["source"]): exec("".join(cell["source"]), globals())
except OSError: pass
""",
    "delete-everything": """
import os, shutil
for place in ("{course}/submitted", "{course}/source", os.getcwd()):
    shutil.rmtree(place, ignore_errors=True)
""",
}

BREAKING = {
    "endless-loop": "while True: pass",
    "endless-loop-that-catches": """
import time
while True:
    try:
        while True: time.sleep(0.1)
    except BaseException: pass
""",
    "ignores-signals": """
import signal, time
for number in range(1, 32):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
while True: time.sleep(1)
""",
    "stops-itself": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\nos.kill(0, signal.SIGSTOP)",
    "exits": "import os\nos._exit(0)",
    "raises-system-exit": "raise SystemExit(0)",
    "calls-exit": "exit()",
    "segmentation-fault": "import ctypes\nctypes.string_at(0)",
    "endless-recursion": "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f()\nf()",
    "kills-its-parent": "import os\nos.kill(os.getppid(), 9)",
    "memory-bomb": "x = []\nwhile True: x.append(bytearray(10**8))",
    "fork-bomb": "import os\nwhile True: os.fork()",
    "thread-bomb": "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(100,)).start()",
    "daemon": """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True: time.sleep(0.1)
    os._exit(0)
""",
    "fills-the-disk": """
number = 0
while True:
    with open(f"file{number}", "wb") as file: file.write(bytes(10**7))
    number += 1
""",
    "a-gigabyte-of-output": "for _ in range(1000): print('x' * 10**6)",
    "ten-million-lines": "import sys\nfor _ in range(10): sys.stdout.write('x\\n' * 10**6)",
    "deeply-nested-output": """
import sys
from IPython.display import display
sys.setrecursionlimit(10**5)
deep = float("nan")
for _ in range(490): deep = [deep]
display({"application/json": deep, "text/plain": "\\ud800", "notjson": {"a": 1}}, raw=True)
raise ValueError("\\ud800" * 10**6)
""",
    "half-a-message": """
import sys, time
frame = sys._getframe()
while frame and "wire" not in frame.f_locals: frame = frame.f_back
frame.f_locals["wire"].end.sendall((1000).to_bytes(8, "little") + b'{"message": ')
time.sleep(1000)
""",
    "closes-its-wire": """
import sys, time
frame = sys._getframe()
while frame and "wire" not in frame.f_locals: frame = frame.f_back
frame.f_locals["wire"].end.close()
time.sleep(1000)
""",
    "a-head-full-of-nothing": """
import inside.child
def flood(*_):
    head = b'{"message": {"outputs": [' + b"[]," * (5 * 2**20) + b'[]], "count": 1}, "arrays": []}'
    return len(head).to_bytes(8, "little") + head
inside.child._run = inside.child._probe = flood
raise KeyError("from here on nothing is right")
""",
    "deaf": "import inside.wire, time\ninside.wire.Wire.receive = lambda *a: time.sleep(1000)",
    "a-process-of-its-own-group": """
import os, time
if os.fork() == 0:
    while True: time.sleep(0.1)
""",
    "a-gigantic-answer": "import numpy as np\nrelu_backward = lambda *a: np.zeros((3, 10**9))",
    "sleeps-in-the-answer": """
import time
class Slow:
    def __array__(self, *a, **k): time.sleep(1000)
    def __repr__(self): time.sleep(1000)
    def __del__(self): time.sleep(1000)
relu_backward = lambda *a: Slow()
""",
    "crashes-in-the-answer": """
import os
relu_backward = lambda *a: os._exit(0)
dense_relu_backward = lambda *a: os.kill(os.getpid(), 9)
""",
    "sleeps-at-exit": "import atexit, time\natexit.register(time.sleep, 1000)",
    "opens-sockets": """
import socket
for address in (("127.0.0.1", 5432), ("192.0.2.1", 80)):
    try: socket.create_connection(address, timeout=0.5)
    except OSError: pass
try: socket.getaddrinfo("example.org", 80)
except OSError: pass
""",
    "asks-for-input": "input('password? ')",
    "changes-directory": "import os\nos.chdir('/')\nos.environ['PATH'] = ''",
}
# Killing every process one may signal: only where the room has processes of its own.
KILLS_ALL = {"kills-everything": "import os\nos.kill(-1, 9)"}
