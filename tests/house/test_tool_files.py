"""The files that tools read: they say what the house says, fetch nothing of their own and call the one check."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from typing import Any

import pytest
import yaml

from tests.house.source import PROJECT, texts
from tests.house.test_requirements import pins
from tests.house.test_verbs import RULES

_PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*")
_AS_THEIR_MAKERS_WROTE_THEM = (".lock", ".csv", ".svg", "OFL.txt", "reflex.lock/package.json")
_IN_MARKDOWN_TWO_BLANKS_END_A_LINE = ".md"


def _read(path: str) -> Any:
    return yaml.safe_load((PROJECT / path).read_text("utf-8"))


def _hooks() -> list[dict[str, Any]]:
    return [hook for repo in _read(".pre-commit-config.yaml")["repos"] for hook in repo["hooks"]]


def test_the_workflow_calls_the_one_check_and_trusts_only_what_it_names() -> None:
    text = (PROJECT / ".github/workflows/ci.yml").read_text("utf-8")
    workflow = yaml.safe_load(text)
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert [step["run"] for step in steps if "run" in step] == [".ci/run"]
    used = re.findall(r"uses: (.+)", text)
    assert used
    assert [one for one in used if not _PINNED.fullmatch(one)] == [], "by the commit, with its version behind it"
    assert workflow["permissions"] == {"contents": "read"}


def test_hooks_run_the_locked_tools_and_fetch_nothing() -> None:
    assert [repo["repo"] for repo in _read(".pre-commit-config.yaml")["repos"]] == ["local"]
    assert {hook["language"] for hook in _hooks()} == {"system", "pygrep"}
    tools = {hook["entry"].split()[2] for hook in _hooks() if hook["language"] == "system"}
    assert tools == {"ruff", "mypy", "deptry"}
    assert all(hook["entry"].startswith(".venv/bin/python -m ") for hook in _hooks() if hook["language"] == "system")
    assert tools <= set(pins("requirements-dev.txt"))


@pytest.mark.parametrize(
    ("message", "fits"),
    [
        ("payouts: Ask the bank once\n\nTwo sweeps asked at a time.\n", True),
        ("ci: Hear SIGINT again where the caller is deaf to it\n\nwhy\n\nmore\n", True),
        ("payouts: Ask the bank once\n", False),
        ("payouts: Ask the bank once\n\n# Please enter the commit message\n", False),
        ("payouts: ask the bank once\n\nwhy\n", False),
        ("payouts: Ask the bank once.\n\nwhy\n", False),
        ("Ask the bank once\n\nwhy\n", False),
        ("payouts: " + "A" * 64 + "\n\nwhy\n", False),
        ("payouts: " + "A" * 63 + "\n\nwhy\n", True),
        ("payouts: Ask the bank once\nwhy\n", False),
    ],
)
def test_a_commit_has_an_area_a_sentence_and_a_why(message: str, fits: bool) -> None:
    hook = next(hook for hook in _hooks() if hook["id"] == "commit-message")
    assert hook["args"] == ["--multiline", "--negate"]
    assert bool(re.search(hook["entry"].encode(), message.encode(), re.MULTILINE)) is fits


def test_a_pull_request_asks_for_what_goes_wrong_most() -> None:
    template = (PROJECT / ".github/pull_request_template.md").read_text("utf-8")
    asked = re.findall(r"^- \[ \] \*\*([\w ]+)\.\*\*", template, re.M)
    assert {"Money", "Locks", "Migrations", "Permissions", "Words"} <= set(asked)
    assert "in all languages" in template


def test_issue_templates_have_what_the_site_asks_of_them() -> None:
    for path in (PROJECT / ".github/ISSUE_TEMPLATE").glob("*.md"):
        head = yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
        assert {"name", "about"} <= set(head), path.name


def test_the_container_for_developers_calls_verbs_that_there_are() -> None:
    text = (PROJECT / ".devcontainer/devcontainer.json").read_text("utf-8")
    container = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.M))
    verb = container["postCreateCommand"].removeprefix("make ")
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    assert verb in RULES or verb == ".venv/installed-dev"
    assert "DEVELOPING := $(VENV)/installed-dev" in makefile
    assert re.search(r"python:3\.1[1-4]-", container["image"])


def test_editors_wrap_where_the_formatter_does() -> None:
    editors = (PROJECT / ".editorconfig").read_text("utf-8")
    formatter = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]
    assert f"max_line_length = {formatter['line-length']}" in editors


def test_texts_end_their_lines_as_editors_are_told() -> None:
    wrong = []
    for path, text in texts().items():
        if path.endswith(_AS_THEIR_MAKERS_WROTE_THEM):
            continue
        blanks = re.search(r"[ \t]+$", text, re.M) and not path.endswith(_IN_MARKDOWN_TWO_BLANKS_END_A_LINE)
        if "\r" in text or blanks or (text and not text.endswith("\n")):
            wrong.append(path)
    assert wrong == []


def test_git_takes_no_picture_or_font_for_a_text() -> None:
    asked = ["git", "check-attr", "--stdin", "text"]
    binary = [p for p in sorted(PROJECT.rglob("*.*")) if p.suffix in (".png", ".jpg", ".webp", ".woff2", ".ttf")]
    ours = [str(p.relative_to(PROJECT)) for p in binary if not {".local", ".venv", ".web"} & set(p.parts)]
    said = subprocess.run(asked, cwd=PROJECT, input="\n".join(ours), capture_output=True, text=True, check=True)
    lines = said.stdout.splitlines()
    assert len(lines) == len(ours) > 10
    assert [line for line in lines if not line.endswith("text: unset")] == []
