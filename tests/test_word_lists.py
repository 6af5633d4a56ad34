"""The word lists behind the rules."""

import ast
from pathlib import Path

import pytest

import geo
from geo.recognize import slavic_words

FOLDER = Path(geo.__file__).parent / "recognize"
LISTS = {"word_set": str.split, "phrase_set": lambda text: text.split("; ")}


@pytest.mark.parametrize("module", ["words", "slavic_words"])
def test_no_word_stands_twice_in_a_list(module: str) -> None:
    tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [node for node in calls if getattr(node.func, "id", "") in LISTS]
    lists = [LISTS[node.func.id](ast.literal_eval(node.args[0])) for node in named if node.args]
    twice = [{word for word in words if words.count(word) > 1} for words in lists]
    assert len(twice) > 10
    assert [words for words in twice if words] == []


def test_words_that_say_opposite_things_are_apart() -> None:
    assert not slavic_words.HAPPENS & (slavic_words.SAYS | slavic_words.GOVERNS)
    assert not slavic_words.LAND_VERBS & (slavic_words.SAYS | slavic_words.GOVERNS)
    assert not slavic_words.LANDS & (slavic_words.ACTORS | slavic_words.TYPES)
