"""Names that look like places and are none, or another one: each in sentences of news."""

import pytest
from helpers import find, resolve

from geo.gazetteer import Gazetteer

NO_PLACE = {
    "Moscow": [
        "A reporter for The Moscow Times was briefly held at the checkpoint.",
        "According to the Moscow Times, two bridges had been blown up.",
        "The story first appeared in The Moscow Times on Tuesday.",
    ],
    "Salem": [
        "Harriet Salem reported from the morgue, where bodies lay in the corridor.",
        "The photographs were taken by Harriet Salem.",
        "By Harriet Salem and a colleague who asked not to be named.",
    ],
    "Buk": [
        "The airliner was shot down by a Buk missile.",
        "Investigators traced the Buk launcher through its serial number.",
        "A convoy with a Buk was filmed on the highway that morning.",
    ],
    "Grad": [
        "Grad rockets hit the market shortly after noon.",
        "Rebels fired a salvo from a Grad launcher hidden behind the school.",
        "Both sides have used Grad systems against residential blocks.",
    ],
    "U.N.": [
        "A U.N. convoy reached the town at dawn.",
        "The U.N. said that forty thousand people had fled.",
        "She has worked for the U.N. since 1999.",
    ],
    "US": [
        "They told us to leave and gave us ten minutes.",
        "“Help us,” she cried, “or let us go.”",
        "None of us slept that night, he recalled.",
    ],
    "May": [
        "Voting was put off until May because of the floods.",
        "On 9 May veterans laid wreaths at the memorial.",
        "Theresa May resigned after losing the vote.",
        "May was the driest month since records began.",
    ],
    "Reading": [
        "Reading the verdict, the judge spoke for an hour.",
        "Reading and arithmetic scores fell for a third year.",
        "She was reading a letter when the shell struck.",
    ],
    "Turkey": [
        "Turkey prices rose before Thanksgiving, farmers said.",
        "A wild turkey wandered into the classroom and broke a window.",
        "The family ate cold turkey sandwiches by candlelight.",
    ],
    "Jordan": [
        "Michael Jordan sold his share of the basketball team.",
        "Jordan scored 38 points with a fever, his coach recalled.",
        "The shoes that Michael Jordan wore in the final fetched a million dollars.",
    ],
    "Paris": [
        "Paris Hilton opened the nightclub with a short speech.",
        "The heiress Paris Hilton pleaded guilty to reckless driving.",
        "A lawyer for Paris Hilton declined to comment.",
    ],
    "Washington": [
        "The Washington Post published the documents on Sunday.",
        "He told The Washington Post that he would not resign.",
        "A Washington Post photographer was among the injured.",
    ],
    "New York": [
        "The New York Times endorsed her opponent.",
        "In an interview with the New York Times, the general denied the charge.",
        "A New York Times correspondent saw the column pass.",
    ],
    "Georgia": [
        "Georgia Meloni, a nurse, had worked there for ten years.",
        "“We lost everything,” said Georgia Brown, 43, a teacher.",
        "Mrs Georgia Patterson called the police at once.",
    ],
    "European": [
        "European Mine owners met in London to discuss coal prices.",
        "Shares in European Mine fell by a tenth.",
        "A spokesman for the European Mine group denied the report.",
    ],
}
A_PLACE = {
    "US": [
        "The US imposed new sanctions on Friday.",
        "Let us wait until the US has answered, the minister told us.",
        "US officials confirmed the strike.",
    ],
    "Reading": [
        "Police in Reading, Berkshire, arrested two men.",
        "The train from London to Reading was cancelled.",
    ],
    "Turkey": [
        "Turkey closed its border with Syria.",
        "Thousands of refugees crossed into Turkey overnight.",
    ],
    "Jordan": [
        "Jordan has taken in half a million Syrians.",
        "The king of Jordan flew to Washington.",
    ],
    "Paris": [
        "Hilton opened a hotel in Paris last spring.",
        "Police in Paris arrested nine demonstrators.",
    ],
    "Washington": [
        "He flew to Washington to meet the president.",
        "Washington denied the report.",
    ],
    "Moscow": [
        "The mayor of Moscow banned the march.",
        "At such times Moscow says nothing.",
    ],
    "Georgia": [
        "Voters in Georgia go to the polls on Sunday.",
        "Russian tanks rolled into Georgia in August.",
    ],
}
RIGHT_GEORGIA = {
    "GE": [
        "Protesters filled the centre of Tbilisi. Georgia wants to join the European Union.",
        "Russian troops left Gori, and Georgia said its border with Abkhazia was quiet.",
        "From Batumi to Tbilisi, voters in Georgia queued in the rain.",
    ],
    "US": [
        "A storm cut power to much of Atlanta. Georgia declared an emergency.",
        "Police in Savannah, Georgia, found the car by the river.",
        "In Macon and Augusta, schools across Georgia were shut; Alabama was spared.",
    ],
}


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, text) for name, texts in table.items() for text in texts]


@pytest.mark.parametrize(("name", "text"), cases(NO_PLACE))
def test_no_place_is_meant(name: str, text: str, gazetteer: Gazetteer) -> None:
    assert not [m.surface for m in find(text, gazetteer) if name.lower() in m.surface.lower()]


@pytest.mark.parametrize(("name", "text"), cases(A_PLACE))
def test_a_place_is_meant(name: str, text: str, gazetteer: Gazetteer) -> None:
    assert [m.surface for m in find(text, gazetteer)].count(name) == 1


@pytest.mark.parametrize(("country", "text"), cases(RIGHT_GEORGIA))
def test_georgia_is_the_right_one(country: str, text: str, gazetteer: Gazetteer) -> None:
    place = resolve(text, gazetteer)["Georgia"].place
    assert place is not None
    assert (place.country_code, place.name) == (country, "Georgia")
