"""General words of abstracts and summaries, which are not used as reasons or names because they do not describe a subject."""

from __future__ import annotations

BOILERPLATE = frozenset(
    """ability abilities achieve achieves achieving additionally address approach approaches art available based
    capability capabilities challenge challenges challenging code codes com comprehensive dataset datasets demonstrate
    demonstrates different effective effectively effectiveness empower empowering enhance enhancing existing experiment
    experimental experiments extensive finding findings first framework furthermore github high however http https
    improve improvement improves improving introduce introduces introducing io key leverage leverages leveraging low
    method methods model models moreover new novel outperform outperforms page paper performance present presents
    project propose proposed proposes proposing publicly range recent recently release released remains result results
    reveal second significant significantly sota specifically state study task tasks various wide work works
    between www""".split()  # noqa: SIM905 (a list of words reads best as words)
)

PROSE = frozenset(
    """100k 10k 1k able above absolute accept accepting accepts accompanying accomplish accordingly account
    accounts accuracy accurate accurately achieved acts actually add added adding additional address adds
    advance advanced advances advancing advantage advantages affect affects ahead aim aiming aims alike
    alleviate allow allowed allowing allows alone alongside already alternative always amount amounts analyse
    analysed analyses analysing analyze analyzed analyzing answered appear appears appendix applied apply
    applying appropriate argue argues arxiv ask asking asks aspect aspects assess assessed assesses assessing
    attempt attempts author authors automatically average averaged avoid avoiding avoids aware away baseline
    baselines basis beat beats become becomes been before begin begins behind believe below benchmarked
    benefit benefits besides best better beyond brief bring bringing brings broad build building builds built
    by carefully carries carry case cases cause causes central certain change changes changing check checked
    checks choose chooses chosen claim clear clearly close closely closes closing combination combinations
    come comes common commonly comparable compare compared compares comparing comparison competitive complete
    completely complex comprehensively concern conduct conducted confirm consider considered considering
    consist consistent consistently consists contain containing contains contrast contrasts contribute
    contribution contributions conventional core correct cost costly costs cover covering covers create
    created creates creating crucial current currently cut cuts deal decide decides define defined defines
    degree demand demands depend depends derive derived describe described describes design designed designs
    despite detail detailed details determine develop developed developing differ difference differences
    difficult difficulty directly discover discuss discusses distinct diverse does draw drawing drawn draws
    drive driven drop drops due earlier early ease easily easy effect effects efficiently effort efforts eight
    either employ employed employs enable enables enabling encourage end ended ends enough ensure ensures
    entire entirely equal equally especially essential establish established evaluate evaluated evaluates
    evaluating evaluation evaluations even evidence examine examined examines example examples exceed exceeds
    excel existing expect expected expensive experiment explain explains explicit explicitly exploit
    exploiting exploits exploration exploratory explore explored explores exploring expose exposes extend
    extended extending extends extent extra extremely face fact factor factors fail failed fails fall falls
    far fast faster feasible fewer final finally find finds five fixed flexible focus focused focuses fold
    follow followed following follows force form forms four free frequently full fully fundamental future gain
    gained gains gap gather gathers general generally get give given gives giving go goal goals goes good
    great greater greatly group grow growing half hand handle handles handling hard harm help helps hence here
    high higher highest highlight highlights highly hold holds hour hours huge idea identified identify
    illustrate impact importance important importantly impressive improved improvements include included
    includes including incorporate incorporates incorporating increase increases increasing increasingly
    indicate indicates inspired instance instances instead interesting introduction investigate investigated
    investigates investigation involve involved involves issue issues join joined joining joins jointly keep
    keeping keeps kind kinds know known lack lacking large largely larger largest last lasts late later latter
    lead leading leads least leave leaves led length less let lets letting level levels lie light like likely
    limit limitation limitations limited limits line link little long longer look looking looks lose loss
    lower mainly maintain maintaining major majority make makes making manner mark match matched matches
    matter mean means meant measure measured measures meet mentioned mere million minimal miss missed missing
    moderate modest moreover mostly motivated move moves moving much name named namely narrow natural
    naturally nature near nearly necessary need needed needing needs neglect neglected never next nine notable
    notably note notion notions now number numbers numerous observe observed obtain obtained obtains offer
    offered offers often old one ones open opens optimal option options order ordinary original others
    otherwise outperformed outperforming overall overcome overview own paid part partial particular
    particularly parts pass passes past pay per percent perform performed performing performs perhaps
    perspective plain play plus point points poor poorly popular portion pose poses possible potential
    potentially practical practice precise preliminary presence presented previous previously primarily
    primary prior probably problem problems process processes produce produced produces producing promise
    promising proper properly properties prove proven proves provide provided provides providing purely
    purpose purposes put quickly raise raised raises range ranging rarely rate rates rather reach reached
    reaches reaching real really reason reasonable reasons receive received recipe reduce reduced reduces
    reducing refine regard regarding relate related relative relatively relevant reliable reliably relies rely
    relying remain remaining remarkable report reported reports require required requires requiring
    respectively rest resulting retain reuse rich rise rises rival rivals role run running runs safe say says
    scarce score scored scores scoring second see seek seeking seeks seem seen select selected serve serves
    serving set sets setting settings seven several share shared shares shift shifting shifts short
    shortcoming shortcomings shown shows side significant similar similarly simple simpler simply
    simultaneously single situation situations six size sized sizes slightly slow small smaller solve solved
    solves solving sometimes source sources special specific split splits spread stand standard stands state
    stay stays step steps still strategies strategy strength strengths strong stronger strongest strongly
    struggle struggles studied studies subset substantial substantially success successful successfully such
    suffer suffers suffices sufficient suggest suggested suggests suit suitable suits superior supplies supply
    support supported supports sure surpass surpasses surpassing surprisingly survey surveyed surveys take
    taken takes taking target targets tell tells ten tend term terms test tested testing tests thanks
    therefore thorough thoroughly time times together total toward trace tried tries true try trying turn
    turned turning turns twelve type types typical typically ultimately uncover under understood unlike useful
    usual usually utilize utilizes valuable value values varied varies variety various vary viable view want
    way ways weak weaker weakness weaknesses whereas whether whole wide widely wider without won word worse
    worst worth write writes writing written year years yet yield yielded yielding yields zero""".split()  # noqa: SIM905 (a list of words reads best as words)
)
"""Words by which papers and summaries tell what was done and how well: no reason why two papers are related."""
